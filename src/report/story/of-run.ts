import { percent } from '../../core/figures.ts';
import type { SessionData } from '../../experiment/judged.ts';
import { patch } from '../../git/changes.ts';
import { head } from '../../git/repo.ts';
import type { ProfileData } from '../../record/data.ts';
import { doneFacts, effects } from '../../record/effects.ts';
import { type Attempt, askedOf, attemptsOf, contractOf, hasContract } from '../../record/history.ts';
import { limitReached, productOfGains } from '../../record/limits.ts';
import { type OutcomeName, outcomeOf, outcomeSoFar } from '../../record/outcome.ts';
import { isStep, lastStep, type RunState, type RunView, stepsOf } from '../../record/state.ts';
import { whyLeft } from '../../record/step-data.ts';
import type { Judgement } from '../../stats/judgement.ts';
import { machineFacts } from '../facts.ts';
import { mechanismText } from '../proposal.ts';
import { warningText } from '../warnings.ts';
import { armsOf, storyAttempt, storyContract } from './of-verdict.ts';
import type { Story, StoryAttempt, StoryProfile, StoryTotal } from './story.ts';

/** The maximum length of a patch in the report, in characters. `perf-gate attempts show` prints the whole patch. */
const LONGEST_PATCH = 20_000;

/**
 * Everything that the report of a run shows. `total`: the session of the base against the final head, if it was measured. By default, this
 * is the session that the stage `report` measured. Null without a contract.
 */
export async function storyOf(
  run: RunView,
  total: SessionData | null = lastStep(run.state, 'report')?.data.session ?? null,
): Promise<Story | null> {
  const { state, repo, world } = run;
  if (!hasContract(state)) return null;
  const baseline = lastStep(state, 'baseline')?.data ?? null;
  const outcome = outcomeOf(state.ended, attemptsOf(state)) ?? outcomeSoFar(attemptsOf(state));
  return {
    run: state.run,
    task: state.task,
    outcome,
    outcome_reason: reasonOf(state, outcome, world.clock.now()),
    branch: state.git.branch ?? state.git.original_branch,
    started_at: state.started_at,
    finished_at: world.clock.now(),
    repository: {
      base_commit: state.git.original_commit,
      final_commit: (await head(repo)).commit,
      project: repo.prefix || '.',
    },
    environment: machineFacts(baseline?.environment ?? {}),
    contract: storyContract(contractOf(state), baseline?.test ?? contractOf(state).significance.test),
    warnings: baseline?.warnings.map(warningText) ?? [],
    baseline: baseline && {
      median: baseline.baseline,
      spread_pct: baseline.spread_pct,
      n: baseline.aa[0]!.base.length + baseline.aa[0]!.candidate.length,
      resolvable_pct: baseline.resolvable_pct,
      samples: [...baseline.aa[0]!.base, ...baseline.aa[0]!.candidate],
    },
    profile: stepsOf(state, 'profile').map(({ data }) => profileOf(data)),
    attempts: await Promise.all(attemptsOf(state).map((a) => attemptOf(run, a))),
    total: total?.judgement ? totalOf(total.judgement, total, productOfGains(state)) : null,
  };
}

function totalOf(judgement: Judgement, session: SessionData, product: number | null): StoryTotal {
  return { ...judgement, samples: armsOf(session), product_of_gains_pct: product };
}

function profileOf({ state, tool, note, hotspots }: ProfileData): StoryProfile {
  const text = state === 'profiled' ? `Profiled with ${tool}` : `The profile failed (${tool})`;
  const failed = state === 'profiled' ? null : `${tool}: ${note.split('\n')[0]}`;
  return { state: text, failed, note, table: hotspots.map(rowOf) };
}

type Ranked = {
  id: string;
  function?: string | undefined;
  file?: string | null | undefined;
  line?: number | null | undefined;
} & Partial<Record<'self_pct' | 'total_pct' | 'ceiling_pct', number | undefined>>;

function rowOf(h: Ranked, index: number): StoryProfile['table'][number] {
  return {
    rank: index + 1,
    function: h.function ?? h.id,
    file: h.file ?? null,
    line: h.line ?? null,
    self_pct: h.self_pct ?? null,
    total_pct: h.total_pct ?? null,
    ceiling_pct: h.ceiling_pct ?? null,
  };
}

async function attemptOf({ state, repo, redact }: RunView, record: Attempt): Promise<StoryAttempt> {
  const measured = stepsOf(state, 'remeasure').find((s) => s.attempt === record.attempt)!;
  const fixed = stepsOf(state, 'fix').find((s) => s.result === 'done' && s.attempt === record.attempt)!;
  const judged = stepsOf(state, 'verdict').find((s) => s.attempt === record.attempt)!;
  const since = stepsOf(state, 'profile').find((s) => s.epoch > judged.epoch);
  const mechanism = judged.result === 'accepted' ? since?.data.mechanism : null;
  const text = redact(await patch(repo, record.base.tree, record.snapshot.tree));
  const asked = askedOf(state);
  const story = storyAttempt({ ...record, sessions: measured.data }, asked, {
    commit: record.commit,
    patch: text.length > LONGEST_PATCH ? `${text.slice(0, LONGEST_PATCH)}\n… (cut)` : text,
    duration_s: (Date.parse(judged.at) - Date.parse(fixed.at)) / 1000,
  });
  return { ...story, reasons: [...story.reasons, ...(mechanism ? [mechanismText(mechanism)] : [])] };
}

function reasonOf(state: RunState, outcome: OutcomeName, now: string): string {
  const last = state.steps.at(-1);
  if (outcome === 'aborted') return whyLeft(last);
  if (outcome === 'escalated') return escalated(state);
  return limitReached(state, now) ?? (attemptsOf(state).length === 0 ? 'nothing was tried' : '');
}

/**
 * A sentence that says why the run needs a person. The sentence ends with the commit that holds the uncommitted work from before the run,
 * if there was such work.
 */
export const escalated = (state: RunState) => `${escalation(state).trim().replace(/\.$/, '')}${includedWork(state)}`;

/** The end of a sentence, which names the commit with the uncommitted work from before the run. Empty if there was no such work. */
function includedWork(state: RunState): string {
  const { options, git } = state;
  const tip = options.include_dirty ? doneFacts(state, 'branch', effects.branch.key())?.tip : undefined;
  if (tip === undefined || tip === git.original_commit) return '';
  const where = git.branch ?? git.original_branch ?? 'the detached HEAD';
  return `; the uncommitted work that the run began with is kept as the commit ${tip.slice(0, 12)} on ${where}`;
}

/** The reason why the run needs a person, from the run's last step. */
export function escalation(state: RunState, last = state.steps.at(-1)): string {
  if (!last || !isStep(last, 'baseline')) return whyLeft(last);
  const { resolvable_pct } = last.data;
  return last.result === 'failed'
    ? 'unchanged code looked changed in two sessions, so this measurement is not reliable'
    : `the measurement is too noisy: the smallest detectable improvement is ${resolvable_pct === null ? 'unknown' : percent(resolvable_pct)}`;
}
