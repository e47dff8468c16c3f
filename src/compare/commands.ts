import { join } from 'node:path';
import { redactData, redactor } from '../artifact/redact.ts';
import { type Contract, contractSchema } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { isFailure } from '../core/errors.ts';
import type { World } from '../core/world.ts';
import { temporaryFolder } from '../experiment/arms-folder.ts';
import { judgeArms } from '../experiment/experiment.ts';
import { plainEnvironment, type Setup } from '../experiment/setup.ts';
import { openRepo } from '../git/repo.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { Shell } from '../measure/sessions/command.ts';
import { type SourceName, unitOf } from '../measure/sources/sources.ts';
import { type Comparison, contractInForce } from '../record/comparison.ts';
import { newestRules } from '../stats/rule.ts';
import { type Kept, keepComparison } from './keep.ts';

/** Two commands of this folder: is the second better than the first? */
export type Duel = {
  base: string;
  candidate: string;
  primary: SourceName;
  asked: Pick<Contract, 'claim' | 'threshold'>;
  runs: { first: number; most: number };
  execution: { shell: Shell; warmup: number; timeout_s: number; prepare?: string };
  /** Whether both must print the same. */
  sameOutput: boolean;
};

/** The contract by which the second command is judged. */
function contractOfDuel({ candidate, primary, asked, runs, execution, sameOutput }: Duel): Contract {
  const { shell, warmup, timeout_s, prepare } = execution;
  const contract = contractSchema.parse({
    version: 1,
    rules: newestRules,
    repro: {
      script: candidate,
      shell,
      timeout_s,
      warmup_runs: warmup,
      measurement_runs: runs.first,
      max_runs: runs.most,
      ...(prepare ? { before_each: prepare } : {}),
    },
    metrics: { primary: { name: metricName(primary), source: primary } },
    ...asked,
    ...(sameOutput ? { guards: { same_output: true } } : {}),
  });
  return contractInForce({ of: 'commands', against: null, contract });
}

/** A metric is named after its source and unit: `wall_ms`, `max_rss_kb`. */
const metricName = (source: SourceName) => [source, unitOf(source).toLowerCase()].filter(Boolean).join('_');

/**
 * Measures two commands in turn in this folder, and judges them by screen and confirmation as a run does. A second command that fails is
 * rejected. Leaves a record in the folder if that lies in a repository, and otherwise writes nothing.
 * @throws command_failed: the first command fails
 */
export async function compareCommands(world: World, duel: Duel): Promise<{ comparison: Comparison; kept: Kept }> {
  const started_at = world.clock.now();
  const project = await projectAt(world.cwd);
  const contract = contractOfDuel(duel);
  const { dir, leave } = temporaryFolder(world.env, 'compare');
  const setup: Setup = {
    world,
    contract,
    project: world.cwd,
    instrument: await findInstrument(world.env),
    redact: redactor({}, world.env),
    samples: join(dir, 'samples'),
    seed: started_at,
  };
  const arm = { dir: world.cwd, env: plainEnvironment(world.env) };
  const base = { ...arm, script: duel.base };
  const candidate = { ...arm, script: duel.candidate };
  const names = { base: duel.base, head: duel.candidate };
  try {
    const experiment = await judgeArms(setup, {
      base: { what: 'first command', command: duel.base },
      arms: async () => ({ base, candidate }),
    });
    const comparison: Comparison = {
      of: 'commands',
      ...names,
      names,
      against: null,
      protected_from_base: [],
      ...experiment,
      cautions: [],
      contract,
      contract_hash: hashContract(redactData(contract, setup.redact)),
      started_at,
      finished_at: world.clock.now(),
    };
    return { comparison, kept: keepComparison(project, comparison, setup) };
  } finally {
    leave();
  }
}

/** The project that keeps the record; null for a folder outside of any repository, and without git. */
async function projectAt(cwd: string): Promise<string | null> {
  try {
    return (await openRepo(cwd)).project;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
