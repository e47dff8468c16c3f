import { closeSync, openSync, readSync } from 'node:fs';

/** The number in the first lines of a journal, or of the record of a comparison. */
const written = /"type":"run_started","nth":(\d+),|^---\n(?:comparison|suite): .*\nnth: (\d+)\n/;

/** The number of a run or a comparison among those of the project, read from the beginning of the file. 0 for files of old versions. */
export function numberOf(file: string): number {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(300);
    const [, run, comparison] = written.exec(bytes.toString('latin1', 0, readSync(fd, bytes))) ?? [];
    return Number(run ?? comparison ?? 0);
  } finally {
    closeSync(fd);
  }
}
