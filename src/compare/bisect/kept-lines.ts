import { existsSync } from 'node:fs';
import { keepOutOfGit, refuseLinks } from '../../artifact/own-folders.ts';
import { bisectionFile } from '../../artifact/paths.ts';
import { isFailure } from '../../core/errors.ts';
import { append, remove, writeWhole } from '../../core/fs.ts';
import { readUserFile } from '../../core/user-file.ts';

const MOST_BYTES = 4 * 1024 ** 2;

/** What an unfinished bisection learned, line by line. In a project that cannot be written to, nothing is kept. */
export type KeptLines = {
  /** The lines of an earlier one with the same key; what is no JSON ends them. */
  read(): unknown[];
  /** Begins the file anew with the first lines of those. */
  keepFirst(count: number): void;
  add(line: object): void;
  forget(): void;
};

/** `key`: what makes two bisections the same. */
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
      break; // the last line may be torn
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
