import { readFileSync } from 'node:fs';
import { type Binding, bound, parseBinding } from '../agent/hooks/state.ts';
import { sessionFile } from '../artifact/paths.ts';
import { writeWhole } from '../core/fs.ts';
import type { Run } from '../record/state.ts';

/**
 * Binds the run to the session of an agent's client that calls, as its environment names it: at the start, by an explicit wish
 * (`adopt`), or where no session drives it yet. A run that the engine drives through a command or a client of its own belongs to none.
 */
export function bindSession({ state, repo, world }: Run, { adopt }: { adopt: boolean }): void {
  const session = world.env.CLAUDE_CODE_SESSION_ID;
  if (!session || state.ended || !['inline', 'manual'].includes(state.options.agent)) return;
  if (adopt || readBinding(repo.project)?.run !== state.run)
    writeBinding(repo.project, bound(state.run, session, world.env.CLAUDE_PID ?? null));
}

/** Undefined where no session drives a run, or what is written there cannot be read. */
export function readBinding(project: string): Binding | undefined {
  try {
    return parseBinding(readFileSync(sessionFile(project), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeBinding(project: string, binding: Binding): void {
  writeWhole(sessionFile(project), JSON.stringify(binding));
}
