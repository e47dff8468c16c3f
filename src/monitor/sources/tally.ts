import type { MonitorEvent } from '../event.ts';
import type { Added } from '../store/write.ts';

/** What an import did. `foreign_lines`: those of transcripts that were no records; `unreadable`: files, with their reasons. */
export type Imported = Added & { files: number; foreign_lines: number; unreadable: { file: string; reason: string }[] };

/** Adds up what an import does, file by file. */
export type Tally = {
  sum: Imported;
  /** Reads a file; undefined, and a reason, where that fails. */
  tried<Read>(file: string, read: () => Read): Read | undefined;
  /** Stores what a file holds. Not within `tried`: a store that cannot be written is no mistake of the file. */
  take(events: readonly MonitorEvent[]): void;
};

export const nothingImported = (): Imported => ({
  ...{ files: 0, added: 0, improved: 0, known: 0, too_old: 0, foreign_lines: 0, unreadable: [] },
});

export function tallyOf(add: (events: readonly MonitorEvent[]) => Added): Tally {
  const sum = nothingImported();
  return {
    sum,
    tried(file, read) {
      try {
        return read();
      } catch (error) {
        sum.unreadable.push({ file, reason: (error as Error).message });
        return undefined;
      }
    },
    take(events) {
      const { added, improved, known, too_old } = add(events);
      sum.files++;
      sum.added += added;
      sum.improved += improved;
      sum.known += known;
      sum.too_old += too_old;
    },
  };
}
