import { readJournal } from '../artifact/journal.ts';
import { runPaths } from '../artifact/paths.ts';
import type { Definition } from './definition.ts';
import { firstRecord } from './first-record.ts';
import { fold } from './fold.ts';
import { runIds } from './runs.ts';
import type { RunState } from './state.ts';

/**
 * Reads a run's state without repairing anything. The recorded transitions are trusted, because the chain of hashes in the journal is
 * intact. A command that changes a run replays the journal through the state machine.
 */
export function readRun(project: string, id: string): RunState {
  const file = runPaths(project, id).journal;
  const { records } = readJournal(file);
  const { initial, ends } = firstRecord(file, records).workflow as Definition;
  return fold(file, records, {
    initial: { stage: initial, epoch: 1 },
    ends,
    after: (_, { to, epoch }) => ({ stage: to, epoch: epoch + 1 }),
  });
}

/** The other runs of the project, oldest first, without those that cannot be read. */
export function otherRuns(project: string, run: string): RunState[] {
  return runIds(project).flatMap((id) => {
    if (id === run) return [];
    try {
      return [readRun(project, id)];
    } catch {
      return [];
    }
  });
}
