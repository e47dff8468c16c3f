import { existsSync } from 'node:fs';
import { keepOutOfGit, refuseLinks } from '../../artifact/own-folders.ts';
import { bisectionFile } from '../../artifact/paths.ts';
import { isFailure } from '../../core/errors.ts';
import { append, remove, writeWhole } from '../../core/fs.ts';
import { readUserFile } from '../../core/user-file.ts';

const MOST_BYTES = 4 * 1024 ** 2;

/**
 * A file with the results of an unfinished bisection. Each result is one line of JSON. If the project is not writable, no file is written.
 */
export type KeptLines = {
  /** The lines of an earlier bisection with the same key, up to the first line that is not JSON. */
  read(): unknown[];
  /** Rewrites the file so that it holds only the first `count` results. */
  keepFirst(count: number): void;
  add(line: object): void;
  forget(): void;
};

/** `key`: a hash of the commits, the contract and the instrument. Only a bisection with the same key can use the stored results. */
export function keptLines(project: string, key: string): KeptLines {
  const file = bisectionFile(project);
  const head = JSON.stringify({ bisection: key });
  const before = linesOf(file, head);
  let keeps = true;

  function tryTo(act: () => void): void {
    if (!keeps) return;
    try {
      act();
    } catch (error) {
      if (!isFailure(error, 'leads_elsewhere') && !(error as NodeJS.ErrnoException).syscall) throw error;
      keeps = false;
    }
  }

  return {
    read: () => before,
    keepFirst: (count) =>
      tryTo(() => {
        refuseLinks(project);
        keepOutOfGit(project);
        const lines = before.slice(0, count).map((line) => `${JSON.stringify(line)}\n`);
        writeWhole(file, `${head}\n${lines.join('')}`);
      }),
    add: (line) => tryTo(() => append(file, `${JSON.stringify(line)}\n`)),
    forget: () => tryTo(() => remove(file)),
  };
}

function linesOf(file: string, head: string): unknown[] {
  const [first, ...lines] = textOf(file).split('\n');
  const read: unknown[] = [];
  if (first !== head) return read;
  for (const line of lines) {
    try {
      read.push(JSON.parse(line));
    } catch {
      break; // after a crash, the last line can be incomplete
    }
  }
  return read;
}

function textOf(file: string): string {
  try {
    return existsSync(file) ? readUserFile(file, MOST_BYTES).toString('utf8') : '';
  } catch {
    return '';
  }
}
