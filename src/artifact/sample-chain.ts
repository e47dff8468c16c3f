import { existsSync, readFileSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { append } from '../core/fs.ts';
import { sha256 } from '../core/hash.ts';
import { type Redact, redactData } from './redact.ts';

/**
 * The last two fields of a line: the hash of the line before, and its own hash. The first line has `''` as the hash of the line before. A
 * line's own hash covers all other fields of the line.
 */
const ending = /^(.*,"prev":"([0-9a-f]*)"),"sum":"([0-9a-f]{64})"\}$/s;

/**
 * The number (from 1) of the first line that has changed since it was written. Null if no line has changed. Versions before 0.2 wrote no
 * hashes. Lines without hashes are therefore valid, but only before the first line with hashes.
 */
export function firstBroken(lines: readonly string[]): number | null {
  const chained = lines.findIndex((line) => ending.test(line));
  const broken = lines.findIndex((line, i) => {
    const [, plain, prev, sum] = ending.exec(line) ?? [];
    return chained >= 0 && i >= chained && (sum !== sha256(`${plain}}`) || prev !== hashBefore(lines, i));
  });
  return broken < 0 ? null : broken + 1;
}

const hashBefore = (lines: readonly string[], i: number) => (i === 0 ? '' : sha256(lines[i - 1]!));

/** A file of samples that this process writes. */
export type SampleLog = {
  append(sample: object): void;
  /** SHA-256 of the file of samples. Null if nothing was written. @throws samples_damaged: another process has changed the file */
  seal(): string | null;
};

/** Opens a file of samples for appending. Every line holds the hash of the line before and its own hash. */
export function sampleLog(file: string, redact: Redact): SampleLog {
  const lines = linesOf(file);
  const hashes = lines.map(sha256);
  return {
    append(sample) {
      const plain = JSON.stringify({ ...redactData(sample, redact), prev: hashes.at(-1) ?? '' });
      const line = `${plain.slice(0, -1)},"sum":"${sha256(plain)}"}`;
      append(file, `${line}\n`);
      hashes.push(sha256(line));
    },
    seal() {
      if (hashes.length === 0 && !existsSync(file)) return null;
      const found = linesOf(file).map(sha256);
      const length = Math.max(hashes.length, found.length);
      const differs = Array.from({ length }, (_, i) => hashes[i] === found[i]).indexOf(false);
      if (differs >= 0) throw failure('samples_damaged', { file, line: differs + 1 });
      return sha256(readFileSync(file));
    },
  };
}

/** The complete lines of a file; no lines if the file does not exist. */
export function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}
