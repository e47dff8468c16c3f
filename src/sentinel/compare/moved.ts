import { join, relative } from 'node:path';
import { lies } from '../../cage/steps.ts';
import type { KeptHook } from '../store/own-files.ts';

/** The hook after its files moved: every path below the folder `from` becomes the same path below the folder `to`. */
export function moved({ hook, hash, files, lines }: KeptHook, from: string, to: string): KeptHook {
  const at = (path: string) => (lies(path, from) ? join(to, relative(from, path)) : path);
  return {
    hook: { ...hook, root: hook.root && at(hook.root), file: at(hook.file) },
    hash,
    files: files.map((one) => ({ ...one, at: at(one.at) })),
    lines: Object.fromEntries(Object.entries(lines).map(([file, n]) => [at(file), n])),
  };
}
