import type { Script } from '../shell/script.ts';
import { operands } from './commands.ts';

/**
 * The script that the hook's command runs, followed by the paths among the script's arguments. Null if the command runs no script, or
 * several.
 */
export function mainFileOf({ commands, declared }: Script): string | null {
  const runs = commands.filter(({ at, target }) => at.file === declared.file && target !== null);
  const [first] = runs;
  if (!first?.target || runs.length > 1) return null;
  const { file, written } = first.target;
  // The arguments are included, because some scripts only start another script that an argument names.
  return [file, ...operands(first).filter((word) => word.includes('/') && word !== file && word !== written)].join(' ');
}
