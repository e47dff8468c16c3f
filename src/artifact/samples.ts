import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { append, truncate } from '../core/fs.ts';
import { type Redact, redactData } from './redact.ts';

/** The file of a session's samples, one a line. Lines are appended, and never changed. */
export function samplesFile(dir: string, session: string): string {
  return join(dir, `${session}.jsonl`);
}

export function appendSample(file: string, sample: object, redact: Redact): void {
  append(file, `${JSON.stringify(redactData(sample, redact))}\n`);
}

/** The schema of a sample, which src/measure owns. */
type RowSchema<Sample> = { safeParse(row: unknown): { success: true; data: Sample } | { success: false } };

/**
 * The samples that a session has taken. A torn last line is left out: it will be taken again.
 * @throws samples_damaged: another line is no sample
 */
export function readSamples<Sample>(file: string, schema: RowSchema<Sample>): Sample[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
    .map((line, i) => {
      const sample = parseSample(line, schema);
      if (!sample) throw failure('samples_damaged', { file, line: i + 1 });
      return sample;
    });
}

/**
 * The same for a session that goes on writing: a torn last line is cut off, so that the next sample has a line of its own.
 * @throws samples_damaged: also for a line that is not in its place
 */
export function continueSamples<Sample extends { index: number }>(file: string, schema: RowSchema<Sample>): Sample[] {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncate(file, whole);
  }
  const samples = readSamples(file, schema);
  const misplaced = samples.findIndex(({ index }, i) => index !== i);
  if (misplaced >= 0) throw failure('samples_damaged', { file, line: misplaced + 1 });
  return samples;
}

/** Parses a line; undefined if it is no sample. */
export function parseSample<Sample>(line: string, schema: RowSchema<Sample>): Sample | undefined {
  try {
    const row = schema.safeParse(JSON.parse(line));
    return row.success ? row.data : undefined;
  } catch {
    return undefined;
  }
}
