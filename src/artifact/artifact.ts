import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { sha256 } from '../core/hash.ts';
import { readUserText } from '../core/user-file.ts';
import { type Frontmatter, formatFrontmatter, parseFrontmatter, rounded } from './frontmatter.ts';
import { type Redact, redactData } from './redact.ts';

/** The first fields of every artifact's frontmatter; the stage's own data follows. */
export type ArtifactHead = {
  run: string;
  stage: string;
  epoch: number;
  attempt: number;
  result: string;
  started_at: string;
  finished_at: string;
};

/**
 * Writes an artifact atomically and returns its SHA-256. The written text contains no secrets, and the numbers in the frontmatter are
 * rounded.
 */
export function writeArtifact(file: string, data: object, body: string, redact: Redact): string {
  const text = formatFrontmatter(redactData(rounded(data), redact), redact(body));
  writeDurable(file, text);
  return sha256(text);
}

/** Reads an artifact or an actor's draft. @throws artifact_unreadable */
export function readArtifact(file: string): Frontmatter {
  try {
    return parseFrontmatter(readUserText(file));
  } catch (error) {
    throw failure('artifact_unreadable', { file, reason: (error as Error).message });
  }
}

/** The names of a run's numbered artifacts, in order. */
export function listArtifacts(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => /^\d\d+-[a-z0-9_-]+\.md$/.test(name))
    .sort((a, b) => Number.parseInt(basename(a), 10) - Number.parseInt(basename(b), 10));
}

/**
 * Replaces each `{{name}}` in a template by the value of that name. If a name has no value, an error is thrown, because readers would not
 * notice that a report has a gap. A `{{…}}` inside a value stays as it is. If a paragraph consists only of one `{{name}}`, and its value is
 * empty, the paragraph is left out.
 */
export function fill(template: string, values: Record<string, string | number>): string {
  const given = (name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the template uses {{${name}}}, which this stage does not provide`);
    return String(value);
  };
  return template
    .replace(/^\{\{\s*([a-z0-9_]+)\s*\}\}\n\n/gm, (paragraph, name: string) => (given(name) === '' ? '' : paragraph))
    .replace(/\{\{\s*([a-z0-9_]+)\s*\}\}/g, (_, name: string) => given(name));
}
