import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readArtifact } from '../../artifact/artifact.ts';
import { comparisonPaths, homeOf } from '../../artifact/paths.ts';
import { parseContract } from '../../contract/parse.ts';
import { hashContract } from '../../contract/seal.ts';
import { partText } from '../../contract/suite-part.ts';
import { failure, isFailure } from '../../core/errors.ts';
import { runAlong } from '../../core/exec.ts';
import { append, makeDir, writeWhole } from '../../core/fs.ts';
import { lastWords } from '../../core/text.ts';
import { fromBundle } from '../../git/bundle.ts';
import { fromRemote } from '../../git/from-remote.ts';
import { type Answer, fleetJob, type SentRecord } from '../job.ts';
import { objectIn } from '../object-in.ts';
import { type Claim, sourcesOf } from '../queue/claim.ts';
import type { Fleet } from '../queue/open.ts';
import { sessionJob } from '../session-job.ts';

/**
 * Limits of a worker. The worker accepts a contract only if the contract's hash begins with an entry of `contracts`. The worker accepts
 * only commits of `repositories`. An empty `contracts` allows all contracts. An empty `repositories` allows only jobs that carry their
 * commits.
 */
export type Allowed = { contracts: readonly string[]; repositories: readonly string[] };

/** A worker: the name of its host, the command that runs perf-gate, its limits, and its environment. */
export type Bench = { host: string; self: readonly string[]; allow: Allowed; env: NodeJS.ProcessEnv };

/** The reason why an attempt gave no answer. A later attempt, or an attempt on another host, can still succeed. */
export type Unanswered = { unanswered: string };

const jobSchema = z.union([fleetJob, sessionJob]);
type Job = z.infer<typeof jobSchema>;

/** Checks out the two commits in a folder, runs the command of the job in a separate process, and returns the answer to the job. */
export async function carryOut(
  fleet: Fleet,
  claimed: Claim,
  at: Bench & { folder: string; signal: AbortSignal; heard(text: string): void },
): Promise<Answer | Unanswered> {
  const parsed = jobSchema.safeParse(claimed.data);
  if (!parsed.success) return { unanswered: 'this worker cannot read the data of the job' };
  const asked = parsed.data;
  try {
    mustBeAllowed(asked, at);
    const project = await projectOf(fleet, claimed, { asked, folder: at.folder });
    return await answered(asked, { ...at, project });
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { code, message, hint, exitCode } = error;
    return { exit_code: exitCode, answer: JSON.stringify({ error: { code, message, hint } }), record: null };
  }
}

const remoteOf = (asked: Job): string | null => (asked.what === 'session' ? null : asked.remote);

/** @throws fleet_not_allowed, fleet_remote_refused, contract_invalid */
function mustBeAllowed(asked: Job, { allow: { contracts, repositories }, host }: Bench): void {
  const remote = remoteOf(asked);
  const isFree = remote === null && repositories.length === 0;
  if (!isFree && !repositories.some((one) => one === remote)) throw failure('fleet_remote_refused', { host, remote });
  if (contracts.length === 0) return;
  const hash = hashContract(parseContract(asked.contract, 'the contract'));
  if (!contracts.some((begin) => hash.startsWith(begin.toLowerCase())))
    throw failure('fleet_not_allowed', { host, hash });
}

/** Clones the project, and writes the contract next to the clone. Returns the project's folder. */
async function projectOf(
  fleet: Fleet,
  { job }: Claim,
  { asked, folder }: { asked: Job; folder: string },
): Promise<string> {
  const root = join(folder, 'clone');
  makeDir(root);
  const remote = remoteOf(asked);
  if (remote !== null) await fromRemote(root, remote, asked);
  else {
    const bundle = join(folder, 'sources.bundle');
    for await (const part of sourcesOf(fleet, job)) append(bundle, part);
    await fromBundle(root, bundle, asked);
  }
  const project = join(root, asked.prefix);
  makeDir(homeOf(project)); // this folder marks the project's root, so that the command does not search the folders above
  writeWhole(join(folder, CONTRACT), asked.contract);
  return project;
}

const CONTRACT = 'contract.yaml';

/** Variables with secrets of the fleet, which the measured code must not see. */
const ours = /^(?:PERF_GATE_DATABASE|PG(?:PASSWORD|PASSFILE|USER|HOST|PORT|DATABASE|SERVICE|SERVICEFILE))$/;

/** The arguments of the command that a job asks for. */
function wordsOf(asked: Job, folder: string): string[] {
  if (asked.what === 'session') {
    const file = join(folder, 'session.json');
    writeWhole(file, JSON.stringify(asked));
    return ['worker', '--session', file];
  }
  const { what, base, head, no_worse_than, part } = asked;
  const asking = no_worse_than === null ? [] : ['--no-worse-than', `${no_worse_than}%`];
  const of = part === undefined ? [] : ['--part', partText(part)];
  return [what, base, head, '--contract', join(folder, CONTRACT), ...asking, ...of];
}

async function answered(
  asked: Job,
  {
    self,
    env,
    project,
    folder,
    signal,
    heard,
  }: Bench & { project: string; folder: string; signal: AbortSignal; heard(text: string): void },
): Promise<Answer | Unanswered> {
  const [program, ...before] = self;
  const temporary = join(folder, 'tmp');
  makeDir(temporary);
  const words = [...wordsOf(asked, folder), '--json', '--cwd', project];
  const kept = Object.entries(env).filter(([name]) => !ours.test(name));
  const ended = await runAlong(program!, [...before, ...words], {
    cwd: project,
    env: { ...Object.fromEntries(kept), TMPDIR: temporary },
    signal,
    heard,
  });
  const { exitCode, signal: by, stdout, stderr } = ended;
  if (exitCode === null || exitCode === INTERRUPTED)
    return { unanswered: `the command was ended by ${by ?? 'a signal'}` };
  const answer = objectIn(stdout);
  if (!answer)
    return { unanswered: `the command printed no JSON object (exit code ${exitCode}): ${lastWords(stderr)}` };
  if (asked.what !== 'session')
    return { exit_code: exitCode, answer: JSON.stringify(answer), record: recordOf(project, answer.comparison) };
  const { samples, ...rest } = answer;
  return { exit_code: exitCode, answer: JSON.stringify(rest), record: typeof samples === 'string' ? samples : null };
}

const INTERRUPTED = 130;

/**
 * The record of the measurement that the command wrote. The client stores this record in its project. Null if the command wrote no record.
 */
function recordOf(project: string, id: unknown): string | null {
  if (typeof id !== 'string') return null;
  const { dir, file } = comparisonPaths(project, id);
  const kind = existsSync(file) ? 'comparison' : 'suite';
  const { data } = readArtifact(join(dir, `${kind}.md`));
  const folder = join(dir, 'samples');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const samples = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  return JSON.stringify({ kind, data, samples } satisfies SentRecord);
}
