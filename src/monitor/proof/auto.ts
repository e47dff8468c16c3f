import { availableParallelism, loadavg } from 'node:os';
import { run } from '../../core/exec.ts';
import { dayName, MINUTE } from '../../core/time.ts';
import { measurementQueue } from '../../measure/environment/machine-lock.ts';
import { casesIn } from '../store/cases.ts';
import type { Database } from '../store/driver.ts';
import type { Watch } from './watch.ts';

/** The dependencies of `confirmer`. `self`: the command that starts perf-gate. `note`: receives descriptions of failures. */
type Confirming = {
  db: Database;
  env: NodeJS.ProcessEnv;
  self: readonly string[];
  signal: AbortSignal;
  note: (text: string) => void;
  /** Returns the load average of the last minute. */
  load?: () => number;
};

/** The load in processes per core above which nothing is measured, because the measurement would be noisy and would disturb other work. */
const MOST_LOAD = 0.5;

/** The time limit of a measurement in ms; a longer measurement is assumed to hang. */
const MOST_MS = 30 * MINUTE;

/**
 * Proves cases in a separate process, one at a time, while the machine is idle and no measurement runs. Only cases of hooks with changed
 * files are measured. After an attempt that left a case open, the next attempt is on another day. The service proves cases only if the
 * configuration has `analytics: confirm: auto`.
 */
export function confirmer({ db, env, self, signal, note, load = () => loadavg()[0]! }: Confirming): Watch {
  let going: Promise<void> | null = null;
  return {
    look(now) {
      if (going || !isIdle(env, load())) return;
      const today = dayName(now);
      const next = casesIn(db).find(
        ({ state, files, left }) => state === 'open' && files?.changed && left?.day !== today,
      );
      if (!next) return;
      going = confirmed(next.id, { env, self, signal })
        .then((problem) => {
          if (problem) note(`The case ${next.id} could not be measured: ${problem}`);
        })
        .catch((error: unknown) => note(`The case ${next.id} could not be measured: ${(error as Error).message}`))
        .finally(() => {
          going = null;
        });
    },
    idle: async () => void (await going),
  };
}

function isIdle(env: NodeJS.ProcessEnv, load: number): boolean {
  const { holder, waiting } = measurementQueue(env);
  return holder === null && waiting.length === 0 && load <= MOST_LOAD * availableParallelism();
}

/**
 * Proves a case in a separate process. Returns `''` if the process gave a verdict on the case. Otherwise, returns the end of the process's
 * output.
 */
async function confirmed(
  id: string,
  { env, self, signal }: Pick<Confirming, 'env' | 'self' | 'signal'>,
): Promise<string> {
  const [program = '', ...before] = self;
  const words = [...before, 'monitor', 'regressions', '--confirm', '--json', '--', id];
  const { exitCode, stderr, stdout } = await run(program, words, {
    env,
    cwd: '/',
    signal,
    timeoutMs: MOST_MS,
  });
  return exitCode !== null && [0, 1, 4].includes(exitCode) ? '' : (stdout || stderr).trim().slice(-500);
}
