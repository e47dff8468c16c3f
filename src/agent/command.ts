import { failure } from '../core/errors.ts';
import { runScript } from '../core/exec.ts';
import { lastLines } from '../core/text.ts';
import type { World } from '../core/world.ts';

/** The task that an actor's command gets through its environment variables and on stdin. */
export type Task = {
  run: string;
  stage: string;
  attempt: number;
  /** The project's root, which is the command's working directory. */
  project: string;
  brief: { text: string; file: string };
  /** The file that the command edits. At the start, the file holds a draft. */
  draft: string;
  /** A file that perf-gate touches while the command runs, so that its modification time shows when the command last ran. */
  aliveFile: string;
};

/** The result that a command reports by its exit code: 0 for `done`, 10 for `skipped`. */
export type Answer = 'done' | 'skipped';

const SKIPPED = 10;

/**
 * Runs the command that a user gave for an actor's stage (such as fix), in the project's root.
 * @throws actor_failed: the exit code is neither 0 nor 10
 */
export async function runActor(
  command: string,
  task: Task,
  world: World,
  redact: (text: string) => string,
): Promise<Answer> {
  const finished = await runScript(command, {
    cwd: task.project,
    env: actorEnvironment(task, world.env),
    input: task.brief.text,
    signal: world.signal,
    aliveFile: task.aliveFile,
  });
  if (world.signal.aborted) throw failure('interrupted');
  if (finished.exitCode === 0) return 'done';
  if (finished.exitCode === SKIPPED) return 'skipped';
  const reason = finished.signal ? `ended by ${finished.signal}` : `exit code ${finished.exitCode}`;
  const output = lastLines(redact(finished.stderr || finished.stdout));
  throw failure('actor_failed', { stage: task.stage, command, reason, output });
}

/** The environment of an actor's program: the user's environment and the variables of the task. */
export function actorEnvironment(task: Task, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    PERF_GATE_RUN: task.run,
    PERF_GATE_STAGE: task.stage,
    PERF_GATE_ATTEMPT: String(task.attempt),
    PERF_GATE_BRIEF: task.brief.file,
    PERF_GATE_ARTIFACT: task.draft,
  };
}
