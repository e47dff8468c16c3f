import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { append, truncate } from '../core/fs.ts';
import { type Redact, redactData } from './redact.ts';

/** Rows of `samples/<session>.jsonl`: kept as they were taken, never changed. */
export function samplesFile(dir: string, session: string): string {
  return join(dir, `${session}.jsonl`);
}

export function appendSample(file: string, sample: object, redact: Redact): void {
  append(file, `${JSON.stringify(redactData(sample, redact))}\n`);
}

/** The same, for a session that goes on writing: a torn last line is cut off, so that the next sample has a line of its own. */
export function continueSamples<Sample>(file: string): Sample[] {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncate(file, whole);
  }
  return readSamples<Sample>(file);
}

/** The samples that a session has taken; a torn last line is left out, it will be taken again. */
export function readSamples<Sample>(file: string): Sample[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Sample);
}
