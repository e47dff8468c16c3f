import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { move, truncate } from '../core/fs.ts';
import { firstBroken, linesOf } from './sample-chain.ts';

/** The file of a session's samples, one per line. Lines are appended and never changed. */
export function samplesFile(dir: string, session: string): string {
  return join(dir, `${session}.jsonl`);
}

/**
 * The schema of a sample. The functions below get the schema as a parameter, because src/measure defines it and src/artifact does not
 * import from src/measure.
 */
type RowSchema<Sample> = { safeParse(row: unknown): { success: true; data: Sample } | { success: false } };

/**
 * The samples of a session. An incomplete last line is ignored, and its sample will be measured again.
 * @throws samples_damaged: another line is not a sample, or has changed since it was written
 */
export function readSamples<Sample>(file: string, schema: RowSchema<Sample>): Sample[] {
  return samplesIn(linesOf(file), file, schema);
}

/** The samples in the lines of a file; `file` is the name of the file in errors. @throws samples_damaged */
export function samplesIn<Sample>(lines: readonly string[], file: string, schema: RowSchema<Sample>): Sample[] {
  const broken = firstBroken(lines);
  return lines.map((line, i) => {
    const sample = parseSample(line, schema);
    if (!sample || i + 1 === broken) throw failure('samples_damaged', { file, line: i + 1 });
    return sample;
  });
}

/**
 * Reads the samples of a session that continues. An incomplete last line is cut off, so that the next sample starts on a new line.
 * @throws samples_damaged: in the cases of `readSamples`, and if the samples are not in the order of their indices
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

/**
 * Renames a file of samples that will not be continued, for example because another process could have changed it while the session was
 * interrupted. Returns the number of samples in the file.
 */
export function setSamplesAside(file: string): number {
  const samples = linesOf(file).length;
  if (!existsSync(file)) return 0;
  const name = (n: number): string =>
    existsSync(`${file}.interrupted-${n}`) ? name(n + 1) : `${file}.interrupted-${n}`;
  move(file, name(1));
  return samples;
}

/** Parses a line. Returns undefined if the line is not a sample. */
export function parseSample<Sample>(line: string, schema: RowSchema<Sample>): Sample | undefined {
  try {
    const row = schema.safeParse(JSON.parse(line));
    return row.success ? row.data : undefined;
  } catch {
    return undefined;
  }
}
