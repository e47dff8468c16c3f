import { lies } from '../../cage/steps.ts';
import { sha256 } from '../../core/hash.ts';
import type { Hook } from '../hook.ts';
import { mayRun } from '../shell/load.ts';
import { readHook } from '../shell/read-hook.ts';
import type { Script, Surroundings } from '../shell/script.ts';
import { type KeptObject, keepFile, keepFolder, type Objects } from './objects.ts';

/** A plugin's folder, or a script outside of it, as it was kept. `hash`: null where it was not, with the reason in `refused`. */
export type OwnFiles = {
  at: string;
  kind: 'folder' | 'file';
  hash: string | null;
  /** Of a file. */
  executable: boolean;
  refused: string | null;
  left_out: readonly { path: string; why: string }[];
};

/** A hook and the files that it runs, kept. `hash`: of all of them; null where one could not be kept. `lines`: of its scripts, by their files. */
export type KeptHook = { hook: Hook; hash: string | null; files: OwnFiles[]; lines: Record<string, number> };

/** Keeps the files of hooks: of a plugin its whole folder, and of every other hook the scripts that its command runs. */
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

/** The same for the same content that can be run in the same way, wherever it stands. */
const hashOf = (files: readonly OwnFiles[]): string | null =>
  files.some(({ hash }) => hash === null)
    ? null
    : sha256(JSON.stringify(files.map(({ hash, executable }) => [hash, executable])));
