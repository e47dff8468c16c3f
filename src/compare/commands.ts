import { join } from 'node:path';
import { redactor } from '../artifact/redact.ts';
import { type Contract, contractSchema } from '../contract/schema/contract.ts';
import type { World } from '../core/world.ts';
import { temporaryFolder } from '../experiment/arms-folder.ts';
import { type Experiment, judgeArms } from '../experiment/experiment.ts';
import { plainEnvironment, type Setup } from '../experiment/setup.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { Shell } from '../measure/sessions/command.ts';
import { type SourceName, unitOf } from '../measure/sources/sources.ts';
import type { Rule } from '../stats/rule.ts';

/** Two commands of this folder: is the second better than the first? */
export type Duel = {
  base: string;
  candidate: string;
  primary: SourceName;
  threshold: Rule['threshold'];
  runs: { first: number; most: number };
  execution: { shell: Shell; warmup: number; timeout_s: number; prepare?: string };
  /** Whether both must print the same. */
  sameOutput: boolean;
};

/** The contract that a run would have for this. */
function contractOfDuel({ candidate, primary, threshold, runs, execution, sameOutput }: Duel): Contract {
  const { shell, warmup, timeout_s, prepare } = execution;
  const contract = contractSchema.parse({
    version: 1,
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
    threshold,
    ...(sameOutput ? { guards: { same_output: true } } : {}),
  });
  return { ...contract, isolation: 'in_place' };
}

/** The name of a metric after its source and unit: `wall_ms`, `max_rss_kb`. */
const metricName = (source: SourceName) => [source, unitOf(source).toLowerCase()].filter(Boolean).join('_');

/**
 * Measures both commands in turn in this folder, and judges by screen and confirmation as a run does. A second command that fails is
 * rejected.
 * @throws command_failed: the first command fails
 */
export async function compareCommands(world: World, duel: Duel): Promise<Experiment & { contract: Contract }> {
  const contract = contractOfDuel(duel);
  const { dir, leave } = temporaryFolder(world.env, 'compare');
  const setup: Setup = {
    world,
    contract,
    project: world.cwd,
    instrument: await findInstrument(world.env),
    redact: redactor({}, world.env),
    samples: join(dir, 'samples'),
    seed: world.clock.now(),
  };
  const arm = { dir: world.cwd, env: plainEnvironment(world.env) };
  const base = { ...arm, script: duel.base };
  const candidate = { ...arm, script: duel.candidate };
  try {
    const experiment = await judgeArms(setup, {
      base: { what: 'first command', command: duel.base },
      arms: async () => ({ base, candidate }),
    });
    return { ...experiment, contract };
  } finally {
    leave();
  }
}
