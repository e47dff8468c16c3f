import { areAlike, convert } from '../../core/units.ts';
import type { Change } from '../../git/changes.ts';
import type { Made } from '../arms.ts';
import { audit } from '../audit/audit.ts';
import { leaveRooms } from '../closed-arms.ts';
import type { Primary } from '../judged.ts';
import type { RepoSetup } from '../setup.ts';
import { buildGrew } from './build-grew.ts';
import type { Caveat } from './caveat.ts';
import { caveatsOfChange } from './change.ts';
import { sizeElsewhere } from './size-elsewhere.ts';

/** The prepared arms of a session. `base` is null if the base was not measured in this session. */
export type MadeArms = { base: Made | null; candidate: Made };

type Watch = {
  /** The arms of each session that was measured so far. */
  arms: MadeArms[];
  watch<Session extends { arms: MadeArms }>(made: Session): Session;
  /** Closes the rooms of all watched arms. Called before arms are made again. */
  leave(): void;
};

/** Remembers the arms of each session, to find caveats after the last session. Closes the arms' rooms at the end. */
export async function watchingArms<T>(act: (watch: Watch) => Promise<T>): Promise<T> {
  const arms: MadeArms[] = [];
  const leave = () => arms.forEach(leaveRooms);
  const watch: Watch['watch'] = (made) => {
    arms.push(made.arms);
    return made;
  };
  try {
    return await act({ arms, watch, leave });
  } finally {
    leave();
  }
}

/** An accepted change: the files that it changed, the text of its diff, and its gain. */
export type Accepted = { changed: readonly Change[]; patch: () => Promise<string>; primary: Primary | null };

/**
 * The caveats of an accepted change. They come from the files that the change adds, from the cost of the candidate's preparation, and from
 * an audited execution of each arm of the last session.
 */
export async function caveatsOfArms(
  setup: RepoSetup,
  sessions: readonly MadeArms[],
  { changed, patch, primary }: Accepted,
): Promise<Caveat[]> {
  const last = sessions.at(-1);
  if (!last) return [];
  const { base, candidate } = last;
  const prepared = sessions.flatMap((one) =>
    one.base ? [{ base: one.base.prepared, candidate: one.candidate.prepared }] : [],
  );
  const { source } = setup.contract.metrics.primary;
  const isSize = typeof source === 'object' && 'size' in source;
  const saved = (unit: string) =>
    primary && areAlike(primary.unit, unit) ? convert(primary.improvement, primary.unit, unit) : 0;
  return [
    ...caveatsOfChange(changed, { root: candidate.root, dir: candidate.dir, path: pathOf(candidate, setup.repo.root) }),
    ...buildGrew(prepared, saved('s')),
    ...(isSize && base ? sizeElsewhere(saved('bytes'), { base: base.root, candidate: candidate.root }) : []),
    ...(await audit(setup, last, patch)),
  ];
}

/**
 * The environment variable PATH of an arm, with the real paths of the arm's folders. In a closed room, PATH contains the project's path in
 * place of these real paths.
 */
function pathOf({ env, root }: Made, project: string): string {
  const folders = (env.PATH ?? '').split(':');
  return folders
    .map((folder) =>
      folder === project || folder.startsWith(`${project}/`) ? root + folder.slice(project.length) : folder,
    )
    .join(':');
}
