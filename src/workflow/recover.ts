import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sweepFoldersOf, sweepTemporary } from '../core/debris.ts';
import type { Holder } from '../core/lock.ts';
import { abort } from './abort.ts';
import { RECOVER } from './fold.ts';
import { leave } from './leave.ts';
import { publishSummary } from './publish.ts';
import type { Session } from './session.ts';
import { undo } from './undo.ts';

/**
 * After a crash, before anything else: what a killed process left half-written goes, and the next artifact tells of it. `died`: that
 * process, as its lock tells.
 */
export function noteCrash(session: Session, died: Holder): void {
  const { paths, state } = session.run;
  for (const dir of [paths.home, paths.dir, paths.local, paths.samples, paths.profiles]) sweepTemporary(dir);
  sweepFoldersOf(died.pid, dirname(paths.local));
  if (state.ended) return;
  const lock = join(session.run.repo.gitDir, 'index.lock');
  const told = [
    `\`perf-gate ${died.what}\` was killed in the stage ${state.stage}; what it had recorded was kept, and the rest was done again.`,
    ...(existsSync(lock) ? [`${lock} is there: remove it unless another git works here just now.`] : []),
  ];
  for (const text of told) session.run.world.tell({ kind: 'note', text });
  const key = `crash-${Object.keys(state.done).length}`;
  session.record({ type: 'done', effect: RECOVER, key, facts: { told } });
  publishSummary(session);
}

/** What a person's command had begun when it was killed; a stage takes up its own effects by itself. */
const completions: Record<string, (session: Session, key: string) => Promise<unknown>> = {
  abort,
  undo: (session, key) => undo(session, Number(key.replace('attempt-', ''))),
};

/** Completes what was begun and not done: before a run goes on, and after its end. */
export async function completeOpen(session: Session): Promise<void> {
  for (const { effect, key } of session.run.state.open_intents) await completions[effect]?.(session, key);
  if (session.run.state.ended) await leave(session);
}
