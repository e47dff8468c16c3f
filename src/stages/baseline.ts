import { readSamples, samplesFile } from '../artifact/samples.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { isLeftToNoise } from '../contract/schema/runs.ts';
import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import { type From, frozenCopy } from '../experiment/arms.ts';
import { closedArms, leaveRooms } from '../experiment/closed-arms.ts';
import type { Broken, SessionData, Warning } from '../experiment/judged.ts';
import { assessBaseline, tooNoisy } from '../experiment/noise.ts';
import { judgedSession, type MeasuredSession } from '../experiment/session.ts';
import { valuesOf } from '../experiment/session-judge.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { type Sample, sampleSchema } from '../measure/sessions/sample.ts';
import type { BaselineData } from '../record/data.ts';
import { baseOf } from '../record/history.ts';
import { baselineSession } from '../record/planned-sessions.ts';
import type { EngineStage, Outcome, Run } from '../record/state.ts';
import { helps, resolvableText, seenText } from '../report/asked.ts';
import { machineFacts } from '../report/facts.ts';
import { block, bullets, text } from '../report/markdown/syntax.ts';
import { textStrip } from '../report/terminal/figures.ts';
import { warningText } from '../report/warnings.ts';
import { methodText, onHost } from '../report/words.ts';
import type { Resolvable } from '../stats/resolvable.ts';
import { median, robustSd } from '../stats/robust.ts';
import { againstItself, cannotMeasure } from './against-itself.ts';
import { elsewhere } from './elsewhere.ts';
import { setupOf } from './setup-of.ts';
import { treeNow } from './work-tree.ts';

/**
 * Measures the base against itself: both arms hold the same code. The samples give the baseline's median. The spread of the samples is the
 * noise floor. A difference between two arms of the same code would make every later verdict wrong, so it stops the run. A single
 * difference may be chance, so a second session must confirm it.
 */
export const baseline: EngineStage = {
  async perform(run) {
    const setup = await setupOf(run);
    const { tree, commit } = baseOf(run.state);
    const there = await elsewhere(run, setup);
    const frozen = there ? null : await frozenCopy(setup, () => treeNow(run));
    const sessions = there
      ? await againstItself(setup, planOf(run), (plan) =>
          there.measure({ plan, kind: 'baseline', base: commit, candidate: commit }),
        )
      : await here(run, setup, { frozen, tree });
    return outcome(run, setup, { sessions, skipped: frozen?.skipped ?? [] });
  },
};

const planOf = (run: Run) => (number: number) => ({ ...baselineSession(run.state, number), label: 'baseline' });

async function here(run: Run, setup: RepoSetup, from: From): Promise<MeasuredSession[]> {
  const made = await closedArms(setup, 'baseline', (arm) => ({ name: arm === 'base' ? 'a' : 'b', from }));
  if ('code' in made) throw cannotMeasure(setup, { ...made, arm: 'candidate' } as Broken);
  try {
    return await againstItself(setup, planOf(run), (plan) => judgedSession(setup, { ...plan, ...made }));
  } finally {
    leaveRooms(made.arms);
  }
}

type Measured = { sessions: MeasuredSession[]; skipped: string[] };

function outcome(run: Run, setup: RepoSetup, { sessions, skipped }: Measured): Outcome<BaselineData> {
  const { contract } = setup;
  const [first, ...more] = sessions.map((s) => s.data) as [SessionData, ...SessionData[]];
  const { base, candidate, session: id } = first;
  const { seconds } = sessions[0]!;
  const { test, looks, seen, different, result } = assessBaseline(contract, [first, ...more], seconds);
  const samples = readSamples(samplesFile(setup.samples, id), sampleSchema).filter((s) => !s.warmup);
  const all = [...base, ...candidate];
  const data: BaselineData = {
    test,
    looks: [...looks],
    baseline: sessions[0]!.data.judgement!.baseline,
    unit: contract.metrics.primary.unit,
    spread_pct: seen.noise_pct,
    resolvable_pct: seen.improvement_pct,
    watchdogs: contract.metrics.watchdogs.map((w) => {
      const values = valuesOf(samples, w.name);
      return { name: w.name, unit: w.unit, ...spread([...values.base, ...values.candidate]) };
    }),
    aa: sessions.map((s) => s.data),
    seconds_per_run: seconds,
    environment: environmentOf(sessions[0]!.environment, run),
    frozen: { skipped },
    warnings: [...sessions.flatMap((s) => s.data.warnings), ...orderWarning(setup)],
    reason: { measured: null, unstable: 'unstable', failed: 'different' }[result],
  };
  const { name, unit } = contract.metrics.primary;
  const raw = Object.values(first.raw_wall ?? {}).flat();
  const rows = [
    { name, unit, ...spread(all) },
    ...(raw.length > 0 ? [{ name: 'raw wall time', unit, ...spread(raw) }] : []),
    ...data.watchdogs,
  ].map(
    (m) =>
      `| ${text(m.name)} | ${quantity(m.median, m.unit)} | ${m.spread_pct === null ? '' : `${percent(m.spread_pct)}`} | ${all.length} |`,
  );
  const head = headline(setup, result, data, seen);
  if (result !== 'measured') run.world.notify({ kind: 'note', text: head.replaceAll('**', '') });
  return {
    result,
    data,
    values: {
      headline: head,
      rows: rows.join('\n'),
      strip: block(
        textStrip(
          [
            { label: 'base', values: base },
            { label: 'base again', values: candidate },
          ],
          { unit, threshold: null },
        ),
      ),
      aa: aaText(data, different),
      resolvable: `With this noise, ${seenText(contract, seen)}. ${looksText(contract, looks)} The judging test is ${test.replace(/_/g, ' ')}${contract.significance.test === 'auto' ? ' (chosen from the noise above, before any fix exists)' : ''}.`,
      environment: bullets(
        [...machineFacts(data.environment).map(({ label, value }) => `${label}: ${value}`), ...shellFact(samples)],
        'not recorded',
      ),
      warnings:
        data.warnings.length > 0 || skipped.length > 0
          ? `## Warnings\n\n${bullets([...data.warnings.map(warningText), ...skipped.map((p) => `${p} was not copied into the arms (no regular file)`)], '')}`
          : '',
    },
  };
}

/** The median, and the robust standard deviation in per cent of the median. */
function spread(values: number[]): { median: number; spread_pct: number | null } {
  const centre = median(values);
  return { median: centre, spread_pct: centre === 0 ? null : (100 * robustSd(values)) / Math.abs(centre) };
}

function headline({ contract }: RepoSetup, result: string, data: BaselineData, seen: Resolvable): string {
  const figure = `${contract.metrics.primary.name}: ${quantity(data.baseline, data.unit)}`;
  if (result === 'measured') {
    const same = `${figure}. The base against itself shows no difference, as it must.`;
    if (!tooNoisy(contract, seen)) return same;
    if (contract.claim === 'no_worse')
      return `${same} **The noise hides the effect that the contract requires**: ${seenText(contract, seen)}. ${helps(contract)}`;
    return `${same} **The noise hides the effect that the contract requires**: the smallest detectable improvement is ${resolvableText(contract, seen)}; a smaller one is inconclusive. ${helps(contract)}`;
  }
  if (result === 'failed')
    return `${figure}. **Unchanged code looked changed, twice**: this measurement is not reliable. ${helps(contract)}`;
  return `${figure}. **Too noisy**: the smallest detectable improvement is ${resolvableText(contract, seen)}, and the contract asks for ${contract.goal ? `${contract.goal.pct} % in all` : 'much less'}. ${helps(contract)}`;
}

function aaText(data: BaselineData, different: boolean): string {
  const lines = data.aa.map(
    (s) =>
      `Session ${s.session}: ${s.pairs} pairs, medians ${quantity(s.judgement!.baseline, data.unit)} and ${quantity(s.judgement!.candidate, data.unit)}, order ${s.order}, seed \`${s.seed}\`, measured by ${methodText(s)}${onHost(s)}.`,
  );
  return [...lines, different ? 'Both sessions showed a difference between equal programs.' : 'No difference.'].join(
    '\n',
  );
}

function looksText({ repro }: Contract, looks: readonly number[]): string {
  const chosen = isLeftToNoise(repro) ? ' (chosen from the noise above, before any fix exists)' : '';
  return `Every session is judged after ${looks.join(', ')} pairs${chosen}.`;
}

/** A line about the shell's time, which is subtracted from the wall time and the CPU time. Empty if no shell started the command. */
function shellFact([sample]: Sample[]): string[] {
  const cost = sample?.shell_ms?.wall;
  return cost
    ? [
        `shell: ${quantity(cost, 'ms')} of wall time; this time and the shell’s CPU time are subtracted from every execution`,
      ]
    : [];
}

function orderWarning({ contract }: RepoSetup): Warning[] {
  return contract.order === 'interleaved' ? [] : [{ code: 'sequential' }];
}

function environmentOf(environment: Environment | null, run: Run): Record<string, unknown> {
  const { warnings: _, ...facts } = environment ?? { warnings: [] };
  return { ...facts, commit: run.state.git.original_commit };
}
