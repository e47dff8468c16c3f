import { closeSync, openSync, readSync } from 'node:fs';

/** Matches the beginning of a journal or of a comparison's record, and captures the number of the run or comparison. */
const written = /"type":"run_started","nth":(\d+),|^---\n(?:comparison|suite): .*\nnth: (\d+)\n/;

/**
 * The number of a run (or of a comparison) among all runs (or comparisons) of the project. The number is read from the beginning of the
 * run's journal (or of the comparison's record). Returns 0 for a file of an old version, because old versions wrote no number.
 */
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
