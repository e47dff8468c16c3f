import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { append, truncate } from '../core/fs.ts';
import { type Redact, redactData } from './redact.ts';

/** Rows of `samples/<session>.jsonl`: kept as they were taken, never changed. */
export function samplesFile(dir: string, session: string): string {
  return join(dir, `${session}.jsonl`);
}

export function appendSample(file: string, sample: object, redact: Redact): void {
  append(file, `${JSON.stringify(redactData(sample, redact))}\n`);
}

/**
 * The same, for a session that goes on writing: a torn last line is cut off, so that the next sample has a line of its own. Throws
 * `samples_damaged` besides for a line that is not in its place.
 */
export function continueSamples<Sample extends { index: number }>(file: string): Sample[] {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncate(file, whole);
  }
  const samples = readSamples<Sample>(file);
  const misplaced = samples.findIndex(({ index }, i) => index !== i);
  if (misplaced >= 0) throw failure('samples_damaged', { file, line: misplaced + 1 });
  return samples;
}

/**
 * The samples that a session has taken; a torn last line is left out, it will be taken again. Throws `samples_damaged` for anything else
 * that is no sample: it was taken, and nobody can say what it was.
 */
export function readSamples<Sample>(file: string): Sample[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
    .map((line, i) => {
      const sample = parsed(line);
      if (!sample) throw failure('samples_damaged', { file, line: i + 1 });
      return sample as Sample;
    });
}

/** A sample has metrics, whatever else it has. */
function parsed(line: string): object | undefined {
  try {
    const row = JSON.parse(line) as { metrics?: unknown } | null;
    return typeof row?.metrics === 'object' && row.metrics !== null ? row : undefined;
  } catch {
    return undefined;
  }
}
