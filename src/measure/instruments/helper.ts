import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import { failure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import { quoted } from '../../core/text.ts';
import type { Job, Measuring, MethodName, Reading } from './instrument.ts';
import { notRun, stopWith } from './plain.ts';

/**
 * An instrument that measures with a helper program: `launcher TIMEOUT_MS [CPUS] [tree=METHOD] [leave] -- program argument…`. The helper
 * starts the program and measures it. The helper reads a secret word from file descriptor 3 and writes the reading to the same descriptor,
 * as one line with the word and JSON (see stopwatch.c). Between the start and the end of the program, the process of perf-gate itself does
 * nothing. `isSound`: whether the helper program is still the program that was tried out.
 */
export function helperInstrument(
  method: MethodName,
  launcher: readonly [string, ...string[]],
  isSound = () => true,
): Measuring {
  return {
    method,
    measure: (job, signal) => measure({ method, launcher, isSound }, job, signal),
    supervise(argv, cpus) {
      if (!isSound()) throw failure('instrument_broken', { method, found: EXCHANGED });
      return [...launcher, ...options({ timeoutMs: 0, ...(cpus ? { cpus } : {}) }), ...argv];
    },
  };
}

const options = ({ timeoutMs, cpus, tree, leaves }: Pick<Job, 'timeoutMs' | 'cpus' | 'tree' | 'leaves'>) => [
  String(Math.ceil(timeoutMs)),
  ...(cpus ? [cpus] : []),
  ...(tree ? [`tree=${tree}`] : []),
  ...(leaves ? ['leave'] : []),
  '--',
];

/**
 * Sends a helper its secret word. The helper starts the program only after it has read this word. If the promise `after` is given, the word
 * is sent when the promise is fulfilled. Returns a function: when the helper has ended, it gives the JSON of the helper's report, or
 * undefined if the report does not begin with the word.
 */
export function letBegin(helper: ChildProcess, after?: Promise<void>): () => string | undefined {
  const word = randomBytes(16).toString('hex');
  const channel = helper.stdio[3] as Socket | undefined;
  let text = '';
  channel?.on('data', (chunk) => {
    text += chunk;
  });
  channel?.on('error', () => {}); // the helper died before it read the word; the handler of its exit reports this
  const begin = () => channel?.write(`${word}\n`);
  if (after) void after.then(begin);
  else begin();
  return () => (text.startsWith(`${word} `) ? text.slice(word.length + 1) : undefined);
}

/**
 * After the time limit, a helper has this time in ms to end its processes and itself. If it still exists after this time, it gets SIGCONT.
 * If it still exists after twice this time, it gets SIGKILL.
 */
const slackMs = 7000;

type Helper = { method: MethodName; launcher: readonly [string, ...string[]]; isSound: () => boolean };

function measure({ method, launcher, isSound }: Helper, job: Job, signal?: AbortSignal): Promise<Reading> {
  return new Promise((resolve, reject) => {
    if (!isSound()) return resolve(exchanged);
    const line: Job['argv'] = [...launcher, ...options(job), ...job.argv];
    const [file, ...args] = job.within?.(line) ?? line;
    const child = start(file, args, {
      cwd: job.cwd,
      env: job.env,
      stdio: [job.stdin === undefined ? (job.input ?? 'ignore') : 'pipe', job.output.stdout, job.output.stderr, 'pipe'],
      detached: true, // outside the terminal's group: Ctrl-C arrives through the AbortSignal
    });
    const report = letBegin(child, job.begin);
    child.stdin?.on('error', () => {}); // the program ended without reading all of its input
    child.stdin?.end(job.stdin);
    child.once('exit', () => child.stdin?.destroy()); // a process that outlives the program could otherwise keep the stdin pipe open
    stopWith(child, signal, () => goOn(child, 'SIGTERM'));
    const inTime = endIfLate(child, job.timeoutMs);
    child.once('error', (error) => {
      inTime();
      reject(failure('instrument_broken', { method, found: error.message }));
    });
    child.once('close', (code, by) => {
      inTime();
      const text = report();
      const reading = code === 0 && text !== undefined ? parse(text) : undefined;
      if (!isSound()) resolve(exchanged);
      else if (reading) resolve(reading);
      // the helper was aborted before it handled signals, so it never started the program
      else if (signal?.aborted) resolve(notRun);
      // the helper worked in its trial, so another process on this machine must have killed or replaced it
      else if (by) resolve({ ...notRun, helper_lost: `was ended by ${by}` });
      else if (code === 0) resolve({ ...notRun, helper_lost: 'gave a forged report' });
      else if (job.within) resolve({ ...notRun, helper_lost: 'lost its closed room' });
      else reject(failure('instrument_broken', { method, found: `exit ${code} and ${quoted(text ?? '', 200)}` }));
    });
  });
}

/**
 * The value of `helper_lost` if another program has replaced the helper since it was tried out. A reading with this value does not count.
 */
const EXCHANGED = 'was replaced by another program';
const exchanged: Reading = { ...notRun, helper_lost: EXCHANGED };

/**
 * Ends a helper that still exists long after the time limit (see `slackMs`). The reason: the measured program can stop the helper by
 * SIGSTOP, and a stopped helper cannot end the program at the time limit.
 */
function endIfLate(helper: ChildProcess, timeoutMs: number): () => void {
  if (timeoutMs === 0) return () => {};
  const ends = [() => goOn(helper), () => helper.kill('SIGKILL')];
  const timers = ends.map((end, i) => setTimeout(end, timeoutMs + (i + 1) * slackMs));
  return () => timers.forEach(clearTimeout);
}

/** Sends a signal to a helper, then SIGCONT, because a stopped process handles signals only after it continues. */
function goOn(helper: ChildProcess, signal?: NodeJS.Signals): void {
  if (signal) helper.kill(signal);
  helper.kill('SIGCONT');
}

function parse(line: string): Reading | undefined {
  try {
    const { signal, ...rest } = JSON.parse(line) as Omit<Reading, 'signal'> & { signal: number | null };
    return { ...rest, signal: signal === null ? null : signalName(signal) };
  } catch {
    return undefined;
  }
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, n]) => n === number)?.[0] ?? `signal ${number}`;
}
