import { type SampleLog, sampleLog } from '../artifact/sample-chain.ts';
import { samplesFile } from '../artifact/samples.ts';
import { failure } from '../core/errors.ts';
import { makeDir } from '../core/fs.ts';
import { count } from '../core/text.ts';
import { askedBy } from '../experiment/asked-by.ts';
import {
  type BaseCommand,
  designOf,
  type Experiment,
  isSettled,
  ofCandidate,
  together,
  type Unbroken,
} from '../experiment/experiment.ts';
import { outputProblem } from '../experiment/guards.ts';
import type { Broken } from '../experiment/judged.ts';
import { withMeasurementLock } from '../experiment/measurement-lock.ts';
import { concluded, failedArm, type Planned, seedOf } from '../experiment/session.ts';
import { type SessionJudge, sessionJudge } from '../experiment/session-judge.ts';
import { type Setup, sessionPlan } from '../experiment/setup.ts';
import { judged } from '../experiment/verdict.ts';
import type { Environment } from '../measure/environment/environment.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import { failuresCounted } from '../measure/sessions/failures-counted.ts';
import { runRounds } from '../measure/sessions/rounds.ts';
import type { Sample } from '../measure/sessions/sample.ts';

/** A command that is compared with the base. `setup` holds the command's contract and the folder of its samples. */
export type Candidate = { setup: Setup; arm: Arm };

/** A base, and the commands that are compared with the base. The commands' contracts differ only in the script. */
export type Field = { base: BaseCommand & { arm: Arm }; candidates: readonly [Candidate, ...Candidate[]] };

/** The verdict on a command, and the samples of the deciding session. */
export type Entry = Experiment & { samples: Sample[] };

type Taken = Unbroken & { samples: Sample[] };

/**
 * Compares commands with one base. Each round executes the base and every command once. A command with a clear verdict is no longer
 * measured. If a command passes, it is measured again with new samples, as in a run.
 * @throws command_failed: the base fails; interrupted
 */
export async function judgeField(field: Field): Promise<Entry[]> {
  const { base, candidates } = field;
  const screened = await session('screen', field);
  const again = candidates.filter((c, i) => !isSettled(screened[i]!, c.setup.contract));
  const [first, ...rest] = again;
  const confirmed = first ? await session('confirmation', { base, candidates: [first, ...rest] }) : [];
  return candidates.map((candidate, i) => {
    const screen = screened[i]!;
    const confirmation = confirmed[again.indexOf(candidate)] ?? null;
    const { sessions, environment, told } = together(screen, confirmation);
    const { samples } = confirmation ?? screen;
    return { ...judged(sessions, askedBy(candidate.setup.contract)), environment, told, samples };
  });
}

/** A candidate while it is measured. `samples`: the candidate's samples, and the base's samples of the same rounds. */
type Following = Candidate & {
  plan: Planned;
  judge: SessionJudge;
  log: SampleLog;
  samples: Sample[];
  broken: Broken | null;
};

function follow(id: string, { setup, arm }: Candidate): Following {
  const plan: Planned = { id, ...designOf(setup.contract) };
  makeDir(setup.samples);
  return {
    setup,
    arm,
    plan,
    judge: sessionJudge(setup.contract, plan),
    log: sampleLog(samplesFile(setup.samples, id), setup.redact),
    samples: [],
    broken: null,
  };
}

async function session(id: 'screen' | 'confirmation', { base, candidates }: Field): Promise<Taken[]> {
  const { setup } = candidates[0];
  const { contract, world, instrument, redact, project } = setup;
  const { name, unit } = contract.metrics.primary;
  const followed = candidates.map((candidate) => follow(id, candidate));
  const points = followed[0]!.judge.points.map(({ n }) => n);
  const last = points.at(-1)!;
  const values = { base: [] as number[], candidate: [] as number[] };
  let startedMs = world.clock.ms();
  let baseBroken: Broken | null = null;
  let done = 0;
  /** The number of executions that were completed before the current round. */
  let before = 0;

  /**
   * Adds a sample to its candidate. A sample of the base goes to all candidates that are still measured. Marks candidates with wrong
   * output as broken.
   */
  const add = (to: readonly Following[], sample: Sample) => {
    for (const one of to) {
      one.samples.push(sample);
      one.log.append(sample);
      one.broken = outputProblem(one.samples, redact) ?? null;
      if (one.broken?.arm === 'base') baseBroken = one.broken;
    }
    if (!sample.warmup && (sample.arm === 'base' || followed.length === 1))
      values[sample.arm].push(sample.metrics[name]!);
  };
  const progress = (present: readonly number[]) => {
    const upTo = (n: number) => before + (n - round) * (present.length + 1);
    const next = points.find((n) => n > round) ?? last;
    const label = followed.length === 1 ? id : `${id} of ${count(followed.length + 1, 'command')}`;
    const [total, nextLook] = [Math.max(done, upTo(last)), Math.max(done, upTo(next))];
    world.notify({ kind: 'progress', label, done, next: nextLook, total, values, unit, started_ms: startedMs });
  };
  let present = followed.map((_, i) => i);
  let round = 0;

  const plan = sessionPlan(contract, { id, seed: seedOf(setup, { id }), looks: points });
  const rounds = await withMeasurementLock(world, `${id} in ${project}`, () =>
    runRounds(
      plan,
      [base.arm, ...followed.map(({ arm }) => arm)],
      { instrument, clock: world.clock, signal: world.signal },
      {
        on(command, taken) {
          const its = command === 0 ? present.map((i) => followed[i]!) : [followed[command - 1]!];
          const arm = command === 0 ? 'base' : 'candidate';
          const isWarmup = !('code' in taken) && taken.warmup;
          if (isWarmup) startedMs = world.clock.ms();
          else done += 1;
          if (!('code' in taken)) add(its, { ...taken, arm });
          else if (arm === 'base') baseBroken = failedArm(arm, taken, redact);
          else its[0]!.broken = failedArm(arm, taken, redact);
          if (baseBroken) return 'stop';
          if (!isWarmup) progress(present);
          if (command === 0 || !its[0]!.broken) return 'continue';
          present = present.filter((i) => i !== command - 1);
          return 'out';
        },
        next(ended) {
          round = ended;
          before = done;
          const open = (i: number) => {
            const { judge, samples } = followed[i]!;
            return judge.look(samples.filter((s) => !s.warmup)).action === 'continue';
          };
          if (round >= last) present = [];
          else if (points.includes(round)) present = present.filter(open);
          return present.length === 0 ? [] : [0, ...present.map((i) => i + 1)];
        },
      },
    ),
  );
  if (rounds.state === 'aborted') throw failure('interrupted');
  return followed.map((one) => ended(one, { base, baseBroken, environment: rounds.environment }));
}

type Ended = { base: BaseCommand; baseBroken: Broken | null; environment: Environment };

function ended(
  { setup, plan, judge, log, samples, broken }: Following,
  { base, baseBroken, environment }: Ended,
): Taken {
  const why = baseBroken ?? broken;
  const result = concluded(setup, plan, judge, {
    samples,
    samples_hash: log.seal(),
    broken: why,
    environment: why ? null : environment,
    warnings: failuresCounted(samples),
  });
  return { ...ofCandidate(result, base), samples };
}
