import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { append } from '../core/fs.ts';
import type { Redact } from './redact.ts';

/** Rows of `samples/<session>.jsonl`: kept as they were taken, never changed. */
export function samplesFile(dir: string, session: string): string {
  return join(dir, `${session}.jsonl`);
}

export function appendSample(file: string, sample: object, redact: Redact): void {
  append(file, `${redact(JSON.stringify(sample))}\n`);
}

/** The samples that a session has taken already; a torn last line is left out, it will be taken again. */
export function readSamples<Sample>(file: string): Sample[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Sample);
}
