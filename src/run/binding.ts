import { type Binding, bound, parseBinding } from '../agent/hooks/state.ts';
import { sessionFile } from '../artifact/paths.ts';
import { writeWhole } from '../core/fs.ts';
import { readUserText } from '../core/user-file.ts';
import type { Run } from '../record/state.ts';

/**
 * Binds the run to the session of the calling agent, whose id is in the environment. This happens at the start, on request (`adopt`), or if
 * no session drives the run yet. A run whose stages are done by a command or a headless agent is not bound.
 */
export function bindSession({ state, repo, world }: Run, { adopt }: { adopt: boolean }): void {
  const session = world.env.CLAUDE_CODE_SESSION_ID;
  if (!session || state.ended || !['inline', 'manual'].includes(state.options.agent)) return;
  if (adopt || readBinding(repo.project)?.run !== state.run)
    writeBinding(repo.project, bound(state.run, session, world.env.CLAUDE_PID ?? null));
}

/** The id of the session that drives the run. Undefined if no session does, or if the file cannot be read. */
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
