import { join, relative } from 'node:path';
import { lies } from '../../cage/steps.ts';
import { remove, writeWhole } from '../../core/fs.ts';
import { gitIn } from '../../git/git.ts';
import { entriesOf, type Objects, objectBytes } from '../store/objects.ts';
import type { OwnFiles } from '../store/own-files.ts';
import type { Entry } from '../store/tree.ts';
import type { HookChange } from './changes.ts';

/**
 * A file that changed: a path relative to the plugin's folder, or an absolute path. `is_run`: whether the hook runs the file. `lines`: the
 * lines of a unified diff. A long diff is cut. Null if the file is too large, not text, or a link.
 */
export type FileDiff = { file: string; how: 'new' | 'removed' | 'changed'; is_run: boolean; lines: string[] | null };

const most = { files: 10, lines: 60, bytes: 256 * 1024 };

type Place = { objects: Objects; scratch: string; shown: Set<string> };

/**
 * The files of a hook that differ between the arms. Files that the hook runs come first. Hooks of one plugin share files: if an earlier
 * call returned a file, its `isShown` is false and its `lines` are null. Adds to `shown`.
 */
export async function filesDiff(
  { base, current }: HookChange,
  { objects, scratch, shown }: Place,
): Promise<(FileDiff & { isShown: boolean })[]> {
  if (!base || !current) return [];
  const [before, after] = [filesIn(base.files, objects), filesIn(current.files, objects)];
  const own = new Set([...Object.keys(base.lines), ...Object.keys(current.lines)]);
  const differing = [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .toSorted((a, b) => Number(own.has(b)) - Number(own.has(a)) || (a < b ? -1 : 1));
  const diffs: (FileDiff & { isShown: boolean })[] = [];
  for (const file of differing.slice(0, most.files)) {
    const [old, now] = [before.get(file), after.get(file)];
    const isShown = !shown.has(file);
    shown.add(file);
    const { root } = current.hook;
    diffs.push({
      file: root !== null && lies(file, root) ? relative(root, file) : file,
      is_run: own.has(file),
      how: old === undefined ? 'new' : now === undefined ? 'removed' : 'changed',
      lines: isShown && old !== undefined && now !== undefined ? await diffOf(old, now, { objects, scratch }) : null,
      isShown,
    });
  }
  return diffs;
}

/** The identity of each file, by absolute path. For a file: the hash, and whether the file is executable. For a link: its target. */
function filesIn(files: readonly OwnFiles[], objects: Objects): Map<string, string> {
  const key = (entry: Entry) => ('link' in entry ? `-> ${entry.link}` : `${entry.hash}${entry.executable ? ' x' : ''}`);
  return new Map(
    files.flatMap(({ at, kind, hash, executable }): [string, string][] => {
      if (hash === null) return [];
      if (kind === 'file') return [[at, key({ path: at, hash, executable })]];
      return (entriesOf(objects, hash) ?? []).map((entry) => [join(at, entry.path), key(entry)]);
    }),
  );
}

async function diffOf(old: string, now: string, f: { objects: Objects; scratch: string }): Promise<string[] | null> {
  const texts = [old, now].map((key) => objectBytes(f.objects, key.slice(0, 64)));
  if (texts.some((bytes) => bytes === undefined || bytes.length > most.bytes || bytes.includes(0))) return null;
  const files = ['old', 'now'].map((name) => join(f.scratch, 'diff', name));
  try {
    for (const [i, file] of files.entries()) writeWhole(file, texts[i]!);
    const { stdout } = await gitIn(f.scratch, [
      'diff',
      '--no-index',
      '--no-color',
      '--no-ext-diff',
      '-U1',
      '--',
      ...files,
    ]);
    const lines = stdout.split('\n');
    const first = lines.findIndex((line) => line.startsWith('@@'));
    return first < 0 ? [] : lines.slice(first, first + most.lines).filter((line) => line !== '');
  } finally {
    remove(join(f.scratch, 'diff'));
  }
}
