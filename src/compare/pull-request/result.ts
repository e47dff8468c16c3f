import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { readUserFile } from '../../core/user-file.ts';
import { type ClaimedPull, claimedPull, type PullResult, pullResult } from '../../record/pull-request.ts';

const MB = 1024 ** 2;

/**
 * Reads the result files of the measuring job from a folder. These files can come from a fork.
 * @throws result_refused: the folder is missing, or a file is missing, is a link, is too long or has the wrong form
 */
export function readResult(dir: string): { pull: ClaimedPull; result: PullResult } {
  if (!lstatSync(dir, { throwIfNoEntry: false })) throw refused(`there is no folder ${dir}`);
  const pull = read(dir, 'pull-request.json', claimedPull, 4096);
  const result = read(dir, 'result.json', pullResult, 8 * MB);
  if (result.head !== pull.head_sha) throw refused('result.json and pull-request.json name different commits');
  return { pull, result };
}

function read<Schema extends z.ZodMiniType>(dir: string, name: string, schema: Schema, most: number): z.infer<Schema> {
  const parsed = schema.safeParse(jsonOf(join(dir, name), name, most));
  if (!parsed.success) throw refused(`${name} does not have the form that the measuring job writes`);
  return parsed.data;
}

function jsonOf(file: string, name: string, most: number): unknown {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw refused(`${name} is ${stat ? 'not a regular file' : 'missing'}`);
  if (stat.size > most) throw refused(`${name} is longer than ${most} bytes`);
  try {
    return JSON.parse(readUserFile(file, most).toString('utf8'));
  } catch {
    throw refused(`${name} is not JSON`);
  }
}

export const refused = (problem: string) => failure('result_refused', { problem });
