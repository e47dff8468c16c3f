import { lies } from '../../cage/steps.ts';
import { sha256 } from '../../core/hash.ts';
import type { Hook } from '../hook.ts';
import { mayRun } from '../shell/load.ts';
import { readHook } from '../shell/read-hook.ts';
import type { Script, Surroundings } from '../shell/script.ts';
import { type KeptObject, keepFile, keepFolder, type Objects } from './objects.ts';

/**
 * The stored copy of a plugin's folder, or of a script outside of the plugin's folder. `hash`: null if nothing was stored. `refused`: why
 * nothing was stored, or null.
 */
export type OwnFiles = {
  at: string;
  kind: 'folder' | 'file';
  hash: string | null;
  /** Whether the script is executable. False for a folder. */
  executable: boolean;
  refused: string | null;
  left_out: readonly { path: string; why: string }[];
};

/**
 * A hook and its stored files. `hash`: the hash of all files. Null if one of the files could not be stored. `lines`: the number of lines of
 * each script of the hook, by file.
 */
export type KeptHook = { hook: Hook; hash: string | null; files: OwnFiles[]; lines: Record<string, number> };

/** Stores the files of hooks: the whole folder of a plugin, and the scripts outside of this folder that the command runs. */
export async function keepHooks(hooks: readonly Hook[], objects: Objects, around: Surroundings): Promise<KeptHook[]> {
  const kept = new Map<string, OwnFiles>();
  const once = (at: string, kind: OwnFiles['kind']) => {
    const found = kept.get(at) ?? keepAt(objects, at, kind);
    kept.set(at, found);
    return found;
  };
  return Promise.all(
    hooks.map(async (hook) => {
      const script = await readHook(hook, around);
      const files = [
        ...(hook.root === null ? [] : [once(hook.root, 'folder')]),
        ...scriptsOutside(hook, script).map((file) => once(file, 'file')),
      ];
      const lines = Object.fromEntries(script.texts.map((text) => [text.file, text.lines]));
      return { hook, hash: hashOf(files), files, lines };
    }),
  );
}

function keepAt(objects: Objects, at: string, kind: OwnFiles['kind']): OwnFiles {
  const kept: KeptObject = (kind === 'folder' ? keepFolder : keepFile)(objects, at);
  if ('refused' in kept) return { at, kind, hash: null, executable: false, refused: kept.refused, left_out: [] };
  return {
    at,
    kind,
    hash: kept.hash,
    executable: kind === 'file' && mayRun(at),
    refused: null,
    left_out: kept.left_out,
  };
}

const scriptsOutside = ({ root, file: declaration }: Hook, { texts }: Script): string[] =>
  texts.map(({ file }) => file).filter((file) => file !== declaration && (root === null || !lies(file, root)));

/**
 * A hash of files. It depends on the content of each file, and on whether the file is executable. It does not depend on the paths of the
 * files.
 */
const hashOf = (files: readonly OwnFiles[]): string | null =>
  files.some(({ hash }) => hash === null)
    ? null
    : sha256(JSON.stringify(files.map(({ hash, executable }) => [hash, executable])));
