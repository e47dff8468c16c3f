import type { Change } from '../../git/changes.ts';
import type { Made } from '../arms.ts';
import { audit } from '../audit/audit.ts';
import type { RepoSetup } from '../setup.ts';
import { buildGrew } from './build-grew.ts';
import { toldByChange } from './change.ts';
import type { Told } from './told.ts';

/** The arms of a session; `base` null where it was not measured beside the candidate. */
export type MadeArms = { base: Made | null; candidate: Made };

/** Remembers the arms of each session as they are made, for what is told of them afterwards. */
export type Watched = { arms: MadeArms[]; watch: (arms: MadeArms) => MadeArms };

export function watchArms(): Watched {
  const arms: MadeArms[] = [];
  return {
    arms,
    watch(made) {
      arms.push(made);
      return made;
    },
  };
}

/**
 * What change and arms tell beside a verdict that accepts: what the change adds, what preparing it takes, and what an audited execution of
 * the last arms shows.
 */
export async function toldByArms(
  setup: RepoSetup,
  sessions: readonly MadeArms[],
  changed: readonly Change[],
): Promise<Told[]> {
  const last = sessions.at(-1);
  if (!last) return [];
  const { root, dir, env } = last.candidate;
  const both = sessions.flatMap(({ base, candidate }) =>
    base ? [{ base: base.prepared, candidate: candidate.prepared }] : [],
  );
  return [
    ...toldByChange(changed, { root, dir, path: env.PATH ?? '' }),
    ...buildGrew(both),
    ...(await audit(setup, last)),
  ];
}
