import { closeSync, openSync, readSync } from 'node:fs';

/** How the first lines of a journal, and of a comparison's record, hold it. */
const written = /"type":"run_started","nth":(\d+),|^---\n(?:comparison|suite): .*\nnth: (\d+)\n/;

/** The number of a run or of a comparison among those of its project, from the first bytes of its file; 0 for old ones. */
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
