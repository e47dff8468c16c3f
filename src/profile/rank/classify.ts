import { realpathSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Kind, Profile } from '../model.ts';
import { dependencyFolders } from './dependency-folders.ts';
import { foreignPath, isRustStandard } from './foreign-paths.ts';

/** Locations inside a language's runtime. */
const runtimeLocation = /^(node:|ext:|bun:|deno:|<frozen |<built-in)/;

/** Locations of code without a file: `evalmachine.<anonymous>`, `[eval]`, `wasm://…`, `data:…`, `<string>`. */
const noFile = /^(wasm:|data:|blob:|\[|<|evalmachine\.)/;

/**
 * Decides the kind of code of each frame. `roots`: the absolute paths from which the project ran, such as its own path or the path of a
 * copy. The path of a file inside a root becomes relative to the root, with `/` as the separator.
 */
export function classify(profile: Profile, roots: readonly string[]): Profile {
  return { ...profile, frames: profile.frames.map((frame) => classifyFrame(frame, roots)) };
}

/** Decides the kind of code of a frame if the format's reader left the kind open (`code`). */
export function classifyFrame(frame: Frame, roots: readonly string[]): Frame {
  if (frame.kind !== 'code') return frame;
  if (frame.file === null) return { ...frame, kind: 'native' };
  if (runtimeLocation.test(frame.file)) return { ...frame, kind: 'runtime' };
  if (noFile.test(frame.file)) return { ...frame, kind: 'native' };
  const path = decoded(frame.file);
  if (/^[a-z][a-z+.-]+:/.test(path)) return { ...frame, kind: 'dependency' };
  const whole = posix.normalize(path);
  const isRelative = !isAbsolute(whole);
  const inside = isRelative ? whole : insideOf(whole, roots);
  if (inside === null || inside.startsWith('../')) return { ...frame, file: path, kind: 'dependency' };
  const foreign = isRelative ? foreignPath(whole, frame.function) : null;
  if (foreign !== null) return { ...frame, file: path, kind: foreign };
  if (frame.line === null && isRustStandard(frame.function)) return { ...frame, file: inside, kind: 'runtime' };
  const kind: Kind = inside.split('/').some((folder) => dependencyFolders.has(folder)) ? 'dependency' : 'project';
  return { ...frame, file: inside, kind };
}

/** Turns a `file:` URL into a path, without the query that loaders add (`?update=1`). Returns any other text as it is. */
function decoded(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    const url = new URL(file);
    url.search = '';
    url.hash = '';
    return fileURLToPath(url);
  } catch {
    return file;
  }
}

function insideOf(path: string, roots: readonly string[]): string | null {
  for (const root of roots) {
    const prefix = root.endsWith('/') ? root : `${root}/`;
    if (path.startsWith(prefix)) return path.slice(prefix.length);
  }
  return null;
}

/** The paths with their real paths added, because runtimes report files behind symbolic links by their real paths. */
export const withRealPaths = (roots: readonly string[]): string[] => [...new Set([...roots, ...roots.map(realPath)])];

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
