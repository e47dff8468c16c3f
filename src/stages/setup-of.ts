import { armsFolder } from '../experiment/arms-folder.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import { contractOf } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/** The setup for the sessions of a run, such as the contract, the repository and the seed. */
export async function setupOf({ repo, world, redact, state, paths }: Run): Promise<RepoSetup> {
  const trust = Date.parse(state.started_at);
  return {
    repo,
    world,
    redact,
    project: repo.project,
    contract: contractOf(state),
    instrument: await findInstrument(world.env, trust),
    trust,
    folder: armsFolder(world.env, repo.project, state.run),
    samples: paths.samples,
    seed: state.run,
  };
}
