import { join } from 'node:path';
import type { Redact } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema/contract.ts';
import type { World } from '../core/world.ts';
import type { Repo } from '../git/repo.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { Instrument } from '../measure/instruments/instrument.ts';
import { contractOf } from '../record/history.ts';
import type { Run } from '../record/state.ts';
import { armsPlace } from './arms-folder.ts';

/** What it takes to measure: for a run, and for a comparison that has none. */
export type Ground = {
  repo: Repo;
  world: World;
  contract: Contract;
  instrument: Instrument;
  redact: Redact;
  /** The folder of the arms, outside the project. */
  place: string;
  /** The folder of the samples. */
  samples: string;
  /** Seeds the order of the executions. */
  seed: string;
};

/** The part of it that a session needs: also two commands in a folder without a repository have that. */
export type Bench = Omit<Ground, 'repo' | 'place'> & { repo: Pick<Repo, 'project'> };

export async function groundOf(run: Run): Promise<Ground> {
  const { repo, world, redact, state, paths } = run;
  return {
    repo,
    world,
    redact,
    contract: contractOf(state),
    instrument: await findInstrument(world.env),
    place: armsPlace(world.env, repo.project, state.run),
    samples: paths.samples,
    seed: state.run,
  };
}

/** Base and candidate lie at `a` and `b`, or the other way round once they have exchanged places. */
export const dirOf = (ground: Ground, name: 'a' | 'b') => join(ground.place, name);
