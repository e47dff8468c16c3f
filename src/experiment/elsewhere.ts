import { existsSync, readFileSync } from 'node:fs';
import { readSamples, samplesFile, setSamplesAside } from '../artifact/samples.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { writeDurable } from '../core/fs.ts';
import type { Repo } from '../git/repo.ts';
import type { MethodName } from '../measure/instruments/instrument.ts';
import { type Sample, sampleSchema } from '../measure/sessions/sample.ts';
import { isLook } from '../measure/sessions/session.ts';
import type { Caveat } from './caveats/caveat.ts';
import type { SessionKind } from './closed-arms.ts';
import { hasPassed } from './has-passed.ts';
import type { Broken, Reason, Warning } from './judged.ts';
import { concluded, type Ending, type MeasuredSession, type Planned, seedOf } from './session.ts';
import { type SessionJudge, sessionJudge } from './session-judge.ts';
import { type Setup, sessionPlan } from './setup.ts';

/** A session that another host measures. It compares two commits, and executes both arms in turn. */
export type AskedElsewhere = {
  plan: Planned & { label: string };
  kind: SessionKind;
  base: string;
  candidate: string;
  contract: Contract;
  /**
   * The id of the run. It is the seed for the order of the executions in all sessions of the run. `attempt` and `epoch` are the run's
   * attempt and the epoch of its stage.
   */
  run: string;
  attempt: number;
  epoch: number;
  /** The class or the name of a host. */
  on: string;
};

/**
 * How a session ended on another host, without the judgement of its samples. `checked`: the result of the correctness command on that host.
 */
export type EndedElsewhere = Omit<Ending, 'samples'> & {
  method: MethodName;
  checked: { broken: (Broken & { arm: 'candidate' }) | null; warnings: Warning[] };
  /** The caveats that the session's arms show. */
  told: Caveat[];
};

/**
 * The answer of another host. `samples`: the text of the samples' file, or null if nothing was executed. `unready`: the reason why the
 * candidate could not be prepared.
 */
export type FromElsewhere = { host: string } & (
  | { unready: Reason }
  | { ended: EndedElsewhere; samples: string | null }
);

/** Other hosts. `takesJobs`: whether a host is reachable and accepts jobs. */
export type Elsewhere = {
  measure(repo: Repo, asked: AskedElsewhere): Promise<FromElsewhere>;
  takesJobs(host: string): Promise<boolean>;
};

/**
 * Stores the samples that another host took, and judges them like samples of this machine.
 * @throws samples_damaged
 */
export function judgedFromElsewhere(
  given: Setup,
  { plan }: Pick<AskedElsewhere, 'plan'>,
  { host, ended, samples: text }: Extract<FromElsewhere, { ended: unknown }>,
): MeasuredSession {
  const { contract } = given;
  const samples = keptSamples(given, plan, text);
  const setup = { ...given, instrument: { ...given.instrument, method: samples[0]?.method ?? ended.method } };
  const judge = sessionJudge(contract, plan);
  lookAgain(setup, plan, judge, samples);
  const result = concluded(setup, plan, judge, { ...ended, samples });
  const data = { ...result.data, host };
  if (result.broken !== null || !hasPassed(data)) return { ...result, data };
  const { broken, warnings } = ended.checked;
  return { ...result, data: { ...data, warnings: [...data.warnings, ...warnings] }, broken };
}

/** @throws samples_damaged */
function keptSamples({ samples: folder }: Setup, { id }: Planned, text: string | null): Sample[] {
  const file = samplesFile(folder, id);
  if (existsSync(file) && readFileSync(file, 'utf8') !== text) setSamplesAside(file);
  if (text === null) return [];
  writeDurable(file, text);
  return readSamples(file, sampleSchema);
}

/** Repeats the judgements that the host made during the measurement, one at each look. */
function lookAgain(setup: Setup, plan: Planned, judge: SessionJudge, samples: readonly Sample[]): void {
  const looks = judge.points.map(({ n }) => n);
  const planned = sessionPlan(setup.contract, { id: plan.id, seed: seedOf(setup, plan), looks });
  const taken: Sample[] = [];
  for (const step of samples) {
    taken.push(step);
    if (!step.warmup && isLook(planned, { samples: taken, present: ['base', 'candidate'], step }))
      judge.look(taken.filter(({ warmup }) => !warmup));
  }
}
