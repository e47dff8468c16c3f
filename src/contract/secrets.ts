import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { failure } from '../core/errors.ts';

/**
 * The variables of the secrets file (lines `NAME=value`, as in .env files); none without a file. A file that is gone gives none too, so that a
 * run can still be shown and ended. Values are for the commands and for redaction, never for writing.
 */
export function readSecrets(project: string, file: string | undefined): Record<string, string> {
  return (file && read(join(project, file))) || {};
}

/** The same before something is executed: throws `secrets_missing` when the contract names a file that cannot be read. */
export function requireSecrets(project: string, file: string | undefined): Record<string, string> {
  if (!file) return {};
  const values = read(join(project, file));
  if (!values) throw failure('secrets_missing', { file });
  return values;
}

function read(path: string): Record<string, string> | undefined {
  try {
    return parseEnv(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return undefined;
  }
}
