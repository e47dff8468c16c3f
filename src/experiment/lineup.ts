import { failure } from '../core/errors.ts';
import { runScript } from '../core/exec.ts';
import { lastLines } from '../core/text.ts';
import type { World } from '../core/world.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import type { Shell } from '../measure/sessions/command.ts';
import type { Exits } from '../measure/sessions/fault.ts';
import { plainEnvironment } from './setup.ts';

/** A command that is measured in the user's folder, and the untimed shell commands that run before and after it. */
export type Entrant = {
  /** The name that the user gave the command. Without a name, the text of the command's shell script. */
  name: string;
  script: string;
  /** The values of the command's parameters, by name. */
  parameters: Record<string, string>;
  /**
   * `setup` runs once before the first execution of the command, and `cleanup` once after the last execution. `prepare` runs before each
   * execution, and `conclude` after each execution.
   */
  setup?: string;
  prepare?: string;
  conclude?: string;
  cleanup?: string;
};

/** The options that apply to the executions of all commands. */
export type Execution = {
  shell: Shell;
  warmup: number;
  timeout_s: number;
  /** The file that every execution reads on stdin. */
  input?: string;
  exits: Exits;
};

/**
 * Converts a command to an arm that can be measured. The arm's folder is the user's folder. The arm's environment lacks the variables
 * `PERF_GATE_*`, which would reveal the measurement.
 */
export function armFor(entrant: Entrant, { cwd, env }: World, { input, exits }: Execution): Arm {
  const { script, prepare, conclude } = entrant;
  return {
    dir: cwd,
    env: plainEnvironment(env),
    script,
    ...(prepare ? { beforeEach: prepare } : {}),
    ...(conclude ? { afterEach: conclude } : {}),
    ...(input === undefined ? {} : { input }),
    exits,
  };
}

/**
 * Runs every command's `setup`, then `act`, and always the `cleanup` of each command whose setup was begun. A failed `cleanup` causes a
 * note and discards no samples.
 * @throws command_failed: a setup fails; interrupted
 */
export async function withSetups<T>(world: World, entrants: readonly Entrant[], act: () => Promise<T>): Promise<T> {
  const begun: Entrant[] = [];
  try {
    for (const entrant of entrants) {
      begun.push(entrant);
      const failed = await untimed(world, entrant.setup, world.signal);
      if (world.signal.aborted) throw failure('interrupted');
      if (failed) throw failure('command_failed', { what: 'setup', command: entrant.setup!, ...failed });
    }
    return await act();
  } finally {
    for (const { cleanup } of begun) {
      // The cleanup ignores the abort signal, because an interrupted measurement is cleaned up too.
      const failed = await untimed(world, cleanup);
      if (failed) world.notify({ kind: 'note', text: `The cleanup failed (${failed.reason}): ${cleanup}` });
    }
  }
}

async function untimed(world: World, script: string | undefined, signal?: AbortSignal) {
  if (!script) return undefined;
  const env = { ...plainEnvironment(world.env), PWD: world.cwd };
  const ended = await runScript(script, { cwd: world.cwd, env, ...(signal ? { signal } : {}) });
  if (ended.exitCode === 0) return undefined;
  return { reason: `exit code ${ended.exitCode ?? ended.signal}`, output: lastLines(ended.stderr + ended.stdout) };
}
