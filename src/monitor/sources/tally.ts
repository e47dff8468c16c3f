import type { MonitorEvent } from '../event.ts';
import type { Added } from '../store/write.ts';

/**
 * The result of an import. `foreign_lines`: the number of transcript lines that are not records. `unreadable`: the files that could not be
 * read, with the reasons.
 */
export type Imported = Added & { files: number; foreign_lines: number; unreadable: { file: string; reason: string }[] };

/** Collects the results of an import, file by file. */
export type Tally = {
  sum: Imported;
  /** Reads a file by calling `read`. If reading fails, the file and the reason are added to `unreadable`, and the result is undefined. */
  tried<Read>(file: string, read: () => Read): Read | undefined;
  /** Stores the events of a file. `take` must not be called within `tried`, because a failure of the store is not an error of the file. */
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
