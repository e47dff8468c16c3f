import type { Contract } from '../../contract/schema/contract.ts';
import { runsOf } from '../../contract/schema/runs.ts';
import { failure } from '../../core/errors.ts';
import { shellWord } from '../../core/text.ts';
import { convert } from '../../core/units.ts';
import { askedBy } from '../../experiment/asked-by.ts';
import type { Reason } from '../../experiment/judged.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { judgedSession } from '../../experiment/session.ts';
import type { RepoSetup } from '../../experiment/setup.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import { argvOf, usesShell } from '../../measure/sessions/command.ts';
import { execute } from '../../measure/sessions/execute.ts';
import { reasonText } from '../../report/reasons.ts';
import { median } from '../../stats/robust.ts';
import type { Test } from '../../stats/rule.ts';

/**
 * A slowdown that was planted on purpose, and the measurement of that slowdown. All percentages are relative to the base; positive is
 * slower.
 */
export type Slowdown = {
  planted_pct: number;
  /** The estimated slowdown. Null if the metric cannot be compared in per cent. */
  seen_pct: number | null;
  /** The lower bound of the slowdown, with 95 % confidence. */
  at_least_pct: number | null;
  /** Whether the measurement proves that the command got slower, by any amount. */
  noticed: boolean;
  pairs: number;
};

/** The metric sources whose samples grow if a busy loop runs before the command. */
const plantable = ['wall', 'undelayed_wall', 'cpu', 'user_cpu'];

/** @throws usage: a busy loop would not show in the primary metric */
export function requirePlantable({ metrics, repro }: Contract): void {
  const { name, source } = metrics.primary;
  if (typeof source === 'string' && plantable.includes(source) && !repro.load) return;
  throw failure('usage', {
    problem: `A slowdown cannot be planted for ${name}: a loop before the command would not change this metric.`,
    hint: `Leave --slowdown out, or use a primary metric with a source of ${plantable.join(', ')}.`,
  });
}

/**
 * Compares two arms: the command alone, and a busy loop followed by the command. The loop takes `pct` per cent of the baseline. Both arms
 * use the same wrapper, so that only the loop makes a difference. In the base, the loop has zero iterations.
 */
export async function plantSlowdown(
  setup: RepoSetup,
  { a, b }: { a: Arm; b: Arm },
  { pct, baseline, test }: { pct: number; baseline: number; test: Test },
): Promise<Slowdown> {
  const { contract } = setup;
  const { script, shell } = contract.repro;
  // The scheduling delay is measured only for the main thread of the started process. If possible, `exec` replaces the shell in this
  // process by the program.
  const line = usesShell(script, shell) ? script : `exec ${argvOf(script, shell).map(shellWord).join(' ')}`;
  const lengthMs = (convert(baseline, contract.metrics.primary.unit, 'ms') * pct) / 100;
  // the loop is timed in the candidate's folder (`b`), because only commands of the base may write into the base's folder
  const turns = Math.round(
    lengthMs /
      (await withMeasurementLock(setup.world, `one iteration of a loop in ${setup.project}`, () => turnMs(setup, b))),
  );
  const wrapped = { ...setup, contract: { ...contract, repro: { ...contract.repro, shell: true } } };
  const { data, broken } = await judgedSession(wrapped, {
    id: 'slowdown',
    label: `slowed down by ${pct} %`,
    arms: { base: { ...a, script: preceded(line, 0) }, candidate: { ...b, script: preceded(line, turns) } },
    looks: [{ n: runsOf(contract.repro).last, alpha: contract.significance.alpha }],
    test,
    decides: false,
  });
  if (broken || !data.judgement) throw reproFailed(contract, broken ?? null);
  const { improvement_pct, upper_bound_pct, upper_bound } = data.judgement;
  return {
    planted_pct: pct,
    seen_pct: improvement_pct === null ? null : -improvement_pct,
    at_least_pct: upper_bound_pct === null ? null : -upper_bound_pct,
    noticed: (upper_bound_pct ?? upper_bound ?? 0) < 0,
    pairs: data.pairs,
  };
}

/** A script that runs the loop and then `line`. The script ends with the exit code of `line`. */
const preceded = (line: string, turns: number) => `${loop(turns)}\n${line}`;

/** A shell loop that does nothing. Its counter has a name that no script uses. */
const loop = (turns: number) =>
  `perf_gate_turn=0; while [ $perf_gate_turn -lt ${turns} ]; do perf_gate_turn=$((perf_gate_turn+1)); done`;

const FEW = 50_000;
const MANY = 150_000;

/**
 * The time of one iteration of the loop on this machine, in ms. Uses CPU time if the instrument measures CPU time, because other programs
 * disturb CPU time less.
 */
async function turnMs({ instrument, contract, world }: RepoSetup, arm: Arm): Promise<number> {
  const { timeout_s, cpus } = contract.repro;
  const take = async (turns: number) => {
    const command = { script: loop(turns), shell: true, cwd: arm.dir, env: arm.env, timeout_s, keepOutput: false };
    const ran = await execute(cpus === undefined ? command : { ...command, cpus }, instrument, world.signal);
    if (ran.state === 'aborted') throw failure('interrupted');
    if (ran.state === 'failed')
      throw failure('command_failed', {
        what: 'loop',
        command: command.script,
        reason: ran.reason,
        output: ran.stderr,
      });
    const { user_ms, sys_ms, wall_ms } = ran.usage;
    return user_ms === null || sys_ms === null ? wall_ms : user_ms + sys_ms;
  };
  const perTurn: number[] = [];
  for (let i = 0; i < 3; i++) perTurn.push(((await take(MANY)) - (await take(FEW))) / (MANY - FEW));
  return median(perTurn);
}

/** The error `command_failed`, with the reason why a session of the repro could not be judged. */
export const reproFailed = (contract: Contract, broken: Reason | null) =>
  failure('command_failed', {
    what: 'repro',
    command: contract.repro.script,
    reason: broken ? reasonText(broken, askedBy(contract)) : 'no samples',
    output: '',
  });
