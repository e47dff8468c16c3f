import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { userCache } from '../core/assets.ts';

/**
 * Where the arms of a run lie: outside the project, at paths of equal length that do not tell base from candidate. The same run
 * in another clone gets another place.
 */
export function armsPlace(env: NodeJS.ProcessEnv, project: string, run: string): string {
  const name = createHash('sha256').update(`${project}\0${run}`).digest('hex').slice(0, 16);
  return join(userCache(env), 'arms', name);
}
