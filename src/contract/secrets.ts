import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { failure } from '../core/errors.ts';
import { readUserText } from '../core/user-file.ts';

/**
 * The variables of the secrets file: lines `NAME=value`, as in .env files. Empty without a file. If the file cannot be read, the result is
 * empty, so that a run can still be shown and ended. perf-gate passes the values to commands as environment variables and removes them from
 * texts. It must never write the values to a file.
 */
export function readSecrets(project: string, file: string | undefined): Record<string, string> {
  return (file && read(join(project, file))) || {};
}

/** The variables of the secrets file for commands that are about to run. @throws `secrets_missing`: the file cannot be read. */
export function requireSecrets(project: string, file: string | undefined): Record<string, string> {
  if (!file) return {};
  const values = read(join(project, file));
  if (!values) throw failure('secrets_missing', { file });
  return values;
}

function read(path: string): Record<string, string> | undefined {
  try {
    return parseEnv(readUserText(path)) as Record<string, string>;
  } catch {
    return undefined;
  }
}
