import { type SampleLog, sampleLog } from '../artifact/sample-chain.ts';
import { samplesFile } from '../artifact/samples.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { benchmarksOf, printsMany } from '../contract/suite.ts';
import { holds, type SuitePart, wholeSuite } from '../contract/suite-part.ts';
import { failure } from '../core/errors.ts';
import { makeDir } from '../core/fs.ts';
import type { Environment } from '../measure/environment/environment.ts';
import type { Arm, ArmName } from '../measure/sessions/arm.ts';
import type { Fault } from '../measure/sessions/fault.ts';
import { warmUps } from '../measure/sessions/plan.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { runSuite } from '../measure/sessions/suite-rounds.ts';
import { outputProblem } from './guards.ts';
import type { Broken, Reason } from './judged.ts';
import { withMeasurementLock } from './measurement-lock.ts';
import { failedArm } from './session.ts';
import { type Setup, sessionPlan } from './setup.ts';
import { judgeCommands, type MeasuredCommand, type SuiteJudgement, suiteJudge } from './suite-judge.ts';
import { type BenchmarkValues, suiteValues } from './suite-values.ts';

/** The result of a suite. `broken`: why the candidate as a whole could not be judged. */
export type SuiteExperiment = SuiteJudgement & {
  broken: Reason | null;
  /** SHA-256 of the samples of each command, by file name. */
  samples: Record<string, string | null>;
  executions: number;
  method: string;
  environment: Environment | null;
};

/** The result of a suite, with the values that were judged. */
export type MeasuredSuite = { experiment: SuiteExperiment; values: BenchmarkValues[] };

/** The names of benchmarks that perhaps exist only in the head, or only in the base. */
export type Suspects = { head: readonly string[]; base: readonly string[] };

/** The state of a command during the measurement. The command measures one benchmark or many. */
type Command = MeasuredCommand & { id: string; log: SampleLog };

/**
 * A command of a suite. If `name` is null, the command prints all benchmarks of the suite. Otherwise `name` is the command's only
 * benchmark. `id`: the name of the file with the command's samples.
 */
export type CommandOfSuite = { id: string; name: string | null; contract: Contract };

/** The commands that measure the contract's benchmarks: one that prints all benchmarks, or one for each benchmark of the part. */
export const commandsOf = (contract: Contract, part: SuitePart = wholeSuite): CommandOfSuite[] =>
  (printsMany(contract) ? [{ name: null, contract }] : benchmarksOf(contract))
    .map((command, i) => ({ ...command, id: `benchmark-${i + 1}` }))
    .filter((_, i) => holds(part, i));

/**
 * Measures all benchmarks of a suite, or of a part of the suite, in turn and in one session, and judges them together. If a benchmark has a
 * separate command, its measurement ends as soon as the benchmark is decided or its candidate fails. `suspects`: benchmarks that perhaps
 * exist in only one commit. If the first execution of such a benchmark fails in the other commit, the benchmark counts as missing there.
 * @throws command_failed: a benchmark fails on the base; interrupted, and the errors of the tools
 */
export async function measureSuite(
  setup: Setup,
  arms: { base: Arm; candidate: Arm },
  { suspects, part }: { suspects: Suspects; part: SuitePart },
): Promise<MeasuredSuite> {
  const { contract, world, instrument, redact, project, seed } = setup;
  makeDir(setup.samples);
  const commands: Command[] = commandsOf(contract, part).map((command) => ({
    ...command,
    log: sampleLog(samplesFile(setup.samples, command.id), redact),
    samples: [],
    ...{ broken: null, onlyIn: null },
  }));
  const plans = commands.map(({ id, contract: own }) => sessionPlan(own, { id, seed: `${seed}/${id}`, looks: [] }));
  const judge = suiteJudge(contract, commands);
  const startedMs = world.clock.ms();
  let [done, total] = [0, 0];

  const failedIn = (command: Command, arm: ArmName, broken: Broken) => {
    const other = arm === 'base' ? 'head' : 'base';
    const isFirst = /^(base|candidate)_failed$/.test(broken.code) && !command.samples.some((s) => s.arm === arm);
    if (isFirst && suspects[other].includes(command.name ?? '')) command.onlyIn = other;
    else if (arm === 'base') throw baseFailed(command, broken);
    else command.broken = withoutArm(broken);
    return 'out' as const;
  };
  const on = (i: number, arm: ArmName, taken: Sample | Fault) => {
    const command = commands[i]!;
    if ('code' in taken) return failedIn(command, arm, failedArm(arm, taken, redact));
    command.samples.push(taken);
    command.log.append(taken);
    done += 1;
    const wrong = outputProblem(command.samples, redact);
    if (wrong) return failedIn(command, wrong.arm, wrong);
    world.notify({
      kind: 'progress',
      label: 'suite',
      done,
      next: total,
      total,
      values: { base: [], candidate: [] },
      unit: '',
      started_ms: startedMs,
      decided: judge.decided(),
    });
    return 'continue' as const;
  };
  const next = (round: number, present: readonly number[]) => {
    const left = judge.next(round, present);
    total = done + 2 * left.length * (judge.last() - round);
    return left;
  };
  total = 2 * commands.reduce((sum, { contract: own }) => sum + warmUps(own.repro) + judge.last(), 0);
  const tools = { instrument, clock: world.clock, signal: world.signal };
  const rounds = await withMeasurementLock(world, `suite in ${project}`, () =>
    runSuite(plans, arms, tools, { on, next }),
  );
  if (rounds.state === 'aborted') throw failure('interrupted');
  const { trespasses } = rounds.footprint;
  const judgement = judgeCommands(contract, commands);
  const experiment: SuiteExperiment = {
    ...judgement,
    broken: trespasses.length > 0 ? { code: 'base_changed', paths: trespasses } : null,
    samples: Object.fromEntries(commands.map(({ id, log }) => [id, log.seal()])),
    executions: done,
    method: instrument.method,
    environment: rounds.environment,
  };
  return { experiment, values: suiteValues(commands, judgement.benchmarks) };
}

const withoutArm = ({ arm: _, ...reason }: Broken) => reason as Reason;

function baseFailed({ name, contract }: Command, broken: Broken) {
  const what = name === null ? 'repro on the base' : `benchmark ${name} on the base`;
  const { failed = undefined, text = broken.code } = broken as {
    failed?: { reason: string; output: string };
    text?: string;
  };
  return failure('command_failed', {
    what,
    command: contract.repro.script,
    ...(failed ?? { reason: text, output: '' }),
  });
}
