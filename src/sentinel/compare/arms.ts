import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Placed } from '../../cage/visit.ts';
import { layFile, layFolder, type Objects } from '../store/objects.ts';
import type { KeptHook, OwnFiles } from '../store/own-files.ts';
import type { HookChange } from './changes.ts';

/**
 * The files of both arms of a comparison. The arms are the old and the new version of the hooks. `base` and `current`: for each arm, copies
 * of changed files, which the arm's hooks see at the usual paths. `gone`: the hooks whose old or new files are not stored.
 */
export type LaidArms = { base: Placed[]; current: Placed[]; gone: ReadonlySet<string> };

/**
 * Writes the files of changed hooks below `folder`, once for each arm. Hooks see the copy of their own arm, at the same path in both arms.
 */
export function layArms(changes: readonly HookChange[], objects: Objects, folder: string): LaidArms {
  const changed = changes.filter(({ kind }) => kind !== 'same');
  const gone = new Set<string>();
  const lay = (arm: 'base' | 'current'): Placed[] => {
    const laid = new Map<string, Placed | null>();
    for (const { id, [arm]: one } of changed)
      for (const files of one?.files ?? []) {
        if (!laid.has(files.at)) laid.set(files.at, placed(files, join(folder, arm, String(laid.size)), objects));
        if (laid.get(files.at) === null) gone.add(id);
        for (const one of repositoriesIn(files)) laid.set(one.at, one);
      }
    return [...laid.values()].filter((one) => one !== null);
  };
  const [base, current] = [lay('base'), lay('current')];
  // If one arm has no copy of a file, the other arm does not use its copy either. Otherwise, the arms would also differ for unchanged hooks
  // that use this file.
  const whole = ({ at }: Placed) => !changed.some(({ id, ...arms }) => gone.has(id) && owns(arms, at));
  return { base: base.filter(whole), current: current.filter(whole), gone };
}

/**
 * The version-control repositories in a plugin's folder, for example if this folder is the project itself. Copies of the folder do not
 * contain these repositories, so both arms see the real ones.
 */
const repositoriesIn = ({ at, left_out }: OwnFiles): Placed[] =>
  left_out
    .filter(({ path, why }) => why === 'version_control' && existsSync(join(at, path)))
    .map(({ path }) => ({ folder: join(at, path), at: join(at, path) }));

const owns = ({ base, current }: Pick<HookChange, 'base' | 'current'>, at: string) =>
  [base, current].some((one: KeptHook | null) => one?.files.some((files) => files.at === at));

function placed({ at, kind, hash, executable }: OwnFiles, to: string, objects: Objects): Placed | null {
  if (hash === null) return null;
  const isLaid = kind === 'folder' ? layFolder(objects, hash, to) : layFile(objects, { hash, executable }, to);
  return isLaid ? { folder: to, at } : null;
}
