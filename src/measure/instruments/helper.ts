import { constants } from 'node:os';
import { failure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import { quoted } from '../../core/text.ts';
import type { Job, Measuring, MethodName, Reading } from './instrument.ts';
import { notRun, stopWith } from './plain.ts';

/**
 * An instrument that measures by a helper program: `launcher TIMEOUT_MS [CPUS] [tree=METHOD] -- program argument…`. The helper writes the reading as
 * one line of JSON to file descriptor 3 (see stopwatch.c). None of our own code runs between the start and the end of the program.
 */
export function helperInstrument(method: MethodName, launcher: readonly [string, ...string[]]): Measuring {
  return {
    method,
    measure: (job, signal) => measure({ method, launcher }, job, signal),
    supervise: (argv, cpus) => [...launcher, ...options({ timeoutMs: 0, ...(cpus ? { cpus } : {}) }), ...argv],
  };
}

const options = ({ timeoutMs, cpus, tree }: Pick<Job, 'timeoutMs' | 'cpus' | 'tree'>) => [
  String(Math.ceil(timeoutMs)),
  ...(cpus ? [cpus] : []),
  ...(tree ? [`tree=${tree}`] : []),
  '--',
];

type Helper = { method: MethodName; launcher: readonly [string, ...string[]] };

function measure({ method, launcher }: Helper, job: Job, signal?: AbortSignal): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const [file, ...args] = launcher;
    const child = start(file, [...args, ...options(job), ...job.argv], {
      cwd: job.cwd,
      env: job.env,
      stdio: [job.input ?? 'ignore', job.output.stdout, job.output.stderr, 'pipe'],
      detached: true, // out of the terminal's group: Ctrl-C comes through the AbortSignal
    });
    let line = '';
    child.stdio[3]?.on('data', (chunk) => {
      line += chunk;
    });
    stopWith(child, signal, () => child.kill('SIGTERM'));
    child.once('error', (error) => reject(failure('instrument_broken', { method, found: error.message })));
    child.once('close', (code, by) => {
      const reading = parse(line);
      if (reading) resolve(reading);
      // It was stopped before it watched for signals, and so before it started the program.
      else if (signal?.aborted) resolve(notRun);
      else reject(failure('instrument_broken', { method, found: `exit ${code ?? by} and ${quoted(line, 200)}` }));
    });
  });
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
