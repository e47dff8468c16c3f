import { type Binding, bound, parseBinding } from '../agent/hooks/state.ts';
import { sessionFile } from '../artifact/paths.ts';
import { writeWhole } from '../core/fs.ts';
import { readUserText } from '../core/user-file.ts';
import type { Run } from '../record/state.ts';

/**
 * Binds the run to the session of the agent that calls perf-gate, if no session drives the run yet. With `adopt`, this session replaces
 * another one. The id of the session is in the environment. If a command or a headless agent does the stages, the run is not bound.
 */
export function bindSession({ state, repo, world }: Run, { adopt }: { adopt: boolean }): void {
  const session = world.env.CLAUDE_CODE_SESSION_ID;
  if (!session || state.ended || !['inline', 'manual'].includes(state.options.agent)) return;
  if (adopt || readBinding(repo.project)?.run !== state.run)
    writeBinding(repo.project, bound(state.run, session, world.env.CLAUDE_PID ?? null));
}

/** The binding of the run to the session that drives it. Undefined if no session drives the run, or if the file cannot be read. */
export function readBinding(project: string): Binding | undefined {
  try {
    return parseBinding(readUserText(sessionFile(project)));
  } catch {
    return undefined;
  }
}

export function writeBinding(project: string, binding: Binding): void {
  writeWhole(sessionFile(project), JSON.stringify(binding));
}
