import { join } from 'node:path';
import { redactor } from '../artifact/redact.ts';
import { type Contract, contractSchema } from '../contract/schema/contract.ts';
import type { World } from '../core/world.ts';
import { type Contested, contest } from '../experiment/contest.ts';
import { plainEnvironment } from '../experiment/plain-environment.ts';
import { passingPlace } from '../experiment/temporary-arms.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { Shell } from '../measure/sessions/command.ts';
import type { Rule } from '../stats/rule.ts';

/** Two commands of this folder: is the second better than the first? */
export type Duel = {
  base: string;
  candidate: string;
  primary: 'wall' | 'cpu' | 'max_rss';
  threshold: Rule['threshold'];
  runs: { first: number; most: number };
  execution: { shell: Shell; warmup: number; timeout_s: number; prepare?: string };
  /** Whether both must print the same. */
  sameOutput: boolean;
};

const metrics = {
  wall: { name: 'wall_ms', unit: 'ms' },
  cpu: { name: 'cpu_ms', unit: 'ms' },
  max_rss: { name: 'max_rss_kb', unit: 'KB' },
} as const;

/** The unit that a threshold for this metric is in. */
export const unitOfPrimary = (primary: Duel['primary']) => metrics[primary].unit;

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
    metrics: { primary: { ...metrics[primary], source: primary } },
    threshold,
    ...(sameOutput ? { guards: { same_output: true } } : {}),
  });
  return { ...contract, isolation: 'in_place' };
}

/**
 * Measures both commands in turn in this folder, and judges by screen and confirmation as a run does. Throws `command_failed` when the
 * first one fails; a second one that fails is rejected.
 */
export async function compareCommands(world: World, duel: Duel): Promise<Contested & { contract: Contract }> {
  const contract = contractOfDuel(duel);
  const { dir: place, leave } = passingPlace(world.env, 'compare');
  const bench = {
    repo: { project: world.cwd },
    world,
    contract,
    instrument: await findInstrument(world.env),
    redact: redactor({}, world.env),
    samples: join(place, 'samples'),
    seed: world.clock.now(),
  };
  const arm = { dir: world.cwd, env: plainEnvironment(world.env) };
  try {
    const contested = await contest(bench, {
      base: { what: 'first command', command: duel.base },
      arms: async () => ({
        base: { ...arm, script: duel.base },
        candidate: { ...arm, script: duel.candidate },
      }),
    });
    return { ...contested, contract };
  } finally {
    leave();
  }
}
