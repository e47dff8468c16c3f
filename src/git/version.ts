import { tmpdir } from 'node:os';
import { isFailure } from '../core/errors.ts';
import { gitIn } from './git.ts';

/** The version of git, such as `2.39.5`; null where there is none. */
export async function gitVersion(): Promise<string | null> {
  try {
    const { stdout } = await gitIn(tmpdir(), ['version']);
    return /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? null;
  } catch (error) {
    if (isFailure(error, 'git_missing')) return null;
    throw error;
  }
}
