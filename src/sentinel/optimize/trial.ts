import { failure } from '../../core/errors.ts';
import { lastWords, quoted } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { median } from '../../stats/robust.ts';
import { placeOf } from '../dry-run/cage.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import type { Run } from '../dry-run/execution.ts';
import { usualOptions } from '../dry-run/options.ts';
import { didItsWork } from '../dry-run/outcome.ts';
import type { CommandHook } from '../dry-run/runnable.ts';
import { notRunWords } from '../words.ts';

/**
 * The result of a few executions of a hook in a cage. The result decides how the hook is measured. `worksMost`: the hook computes for
 * most of its time, so CPU time shows what a change gains.
 */
export type Trial = {
  wall_ms: number;
  worksMost: boolean;
  /** Whether all executions printed the same text and ended in the same way. */
  isSame: boolean;
  /** Whether the hook prints the path of the project or of HOME. */
  tellsPaths: boolean;
  /** Whether the hook contacts other hosts. */
  needsNetwork: boolean;
};

/** A hook mostly computes if its CPU time is at least this share of its wall time. */
const MOST = 0.5;

/**
 * Runs a hook a few times on its usual input. Returns null if no cage is possible on this machine. The project is `world.cwd`.
 * @throws hook_not_run, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function tryHook(hook: CommandHook, world: World): Promise<Trial | null> {
  const options = { ...usualOptions, runs: 3, sets: false, seed: `trial ${world.clock.now()}` };
  const made = await withMeasurementLock(world, `trial of ${hook.id}`, () => dryRun([hook], options, world));
  const [tried] = made.hooks;
  if (tried?.state !== 'run') {
    if (!tried || tried.why.code === 'no_cage') return null;
    throw failure('hook_not_run', { hook: hook.id, why: notRunWords(tried.why) });
  }
  const { runs } = tried;
  const failed = runs.find(({ outcome }) => !didItsWork(outcome));
  if (failed) throw failure('hook_not_run', { hook: hook.id, why: failedWords(failed) });
  const { project, home } = placeOf(world.cwd, world.env);
  return {
    wall_ms: median(runs.map(({ wall_ms }) => wall_ms)),
    // other processes on the machine can only lower the share of CPU time in wall time, so the highest share is used
    worksMost: Math.max(...runs.map(({ wall_ms, cpu_ms }) => cpu_ms / wall_ms)) >= MOST,
    isSame: new Set(runs.map(answerOf)).size === 1,
    tellsPaths: runs.some(({ stdout, stderr }) => [project, home].some((path) => `${stdout}${stderr}`.includes(path))),
    needsNetwork: runs.some(({ contacts }) => (contacts ?? []).length > 0),
  };
}

const answerOf = ({ stdout, stderr, exit_code }: Run) => JSON.stringify([stdout, stderr, exit_code]);

function failedWords({ outcome, exit_code, stderr }: Run): string {
  if (outcome === 'timed_out' || outcome === 'cut_off') return 'it reached its time limit.';
  const said = lastWords(stderr);
  return `it ended with exit code ${exit_code ?? '?'}${said === '' ? '' : ` and printed ${quoted(said, 200)}`}.`;
}
