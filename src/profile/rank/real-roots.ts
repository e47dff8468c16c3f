import { realpathSync } from 'node:fs';

/** Where a project lay, and where that really is: links are followed, because runtimes report real paths. */
export const withRealPaths = (roots: readonly string[]): string[] => [...new Set([...roots, ...roots.map(realPath)])];

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
