import { join } from 'node:path';
import { redactData, redactor } from '../artifact/redact.ts';
import { type Contract, contractSchema } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { ownAlone } from '../core/compiled.ts';
import { isFailure } from '../core/errors.ts';
import type { World } from '../core/world.ts';
import { temporaryFolder } from '../experiment/arms-folder.ts';
import { armFor, type Entrant, type Execution, withSetups } from '../experiment/lineup.ts';
import { openRepo } from '../git/repo.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { MethodName } from '../measure/instruments/instrument.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { type Metric, type SourceName, unitOf } from '../measure/sources/sources.ts';
import { type Comparison, contractInForce } from '../record/comparison.ts';
import { newestRules } from '../stats/rule.ts';
import { type Candidate, type Entry, judgeField } from './field.ts';
import { type Kept, keepComparison } from './keep.ts';

/** A comparison of commands in one folder. Every further command is compared with the first command. */
export type Contest = {
  entrants: readonly [base: Entrant, ...others: Entrant[]];
  /** The compared metric: a built-in measurement such as `wall`, or a metric that the commands print. */
  primary: SourceName | Metric;
  asked: Pick<Contract, 'claim' | 'threshold'>;
  runs: { first: number; most: number };
  execution: Execution;
  /** Whether all commands must print the same output. */
  sameOutput: boolean;
  /** Whether to keep a record, if the folder is in a repository. */
  kept: boolean;
};

/** The comparison of one command with the first command, its record, and the samples that decided. */
export type Contested = { comparison: Comparison; kept: Kept; samples: Sample[] };

/** The comparisons, in the order of the commands, and the instrument that measured. */
export type Contests = { compared: [Contested, ...Contested[]]; method: MethodName };

/** The chance that a contest accepts at least one command that is not better. */
const ALPHA = 0.05;

/**
 * The significance level (alpha) of each of several comparisons with one base: an equal share of `ALPHA` (Bonferroni). Holm's procedure
 * would give some comparisons a larger share. But perf-gate prints the confidence intervals of all comparisons together, and with Holm's
 * procedure they would not all be valid together.
 */
export const shareOf = (comparisons: number): number => Number((ALPHA / comparisons).toPrecision(6));

/** Makes the contract by which a command is compared with the first command. */
function contractFor(candidate: Entrant, { entrants, primary, asked, runs, execution, sameOutput }: Contest): Contract {
  const { shell, warmup, timeout_s } = execution;
  const contract = contractSchema.parse({
    version: 1,
    rules: newestRules,
    repro: {
      script: candidate.script,
      shell,
      timeout_s,
      warmup_runs: warmup,
      measurement_runs: runs.first,
      max_runs: runs.most,
      ...(candidate.prepare ? { before_each: candidate.prepare } : {}),
    },
    metrics: { primary: typeof primary === 'string' ? { name: metricName(primary), source: primary } : primary },
    significance: { alpha: shareOf(entrants.length - 1) },
    ...asked,
    ...(sameOutput ? { guards: { same_output: true } } : {}),
  });
  return contractInForce({ of: 'commands', against: null, contract });
}

/** A metric is named after its source and unit: `wall_ms`, `max_rss_kb`. */
const metricName = (source: SourceName) => [source, unitOf(source).toLowerCase()].filter(Boolean).join('_');

/**
 * Measures commands in turn in this folder. Compares each command with the first, in a screen and a confirmation, as a run does. A command
 * that fails is rejected. Writes only the records.
 * @throws command_failed: the first command or a setup fails
 */
export async function compareCommands(world: World, contest: Contest): Promise<Contests> {
  const started_at = world.clock.now();
  const project = contest.kept ? await projectAt(world.cwd) : null;
  const instrument = await findInstrument(world.env, ownAlone);
  const { dir, leave } = temporaryFolder(world.env, 'compare');
  const [first, ...others] = contest.entrants;
  const redact = redactor({}, world.env);
  const candidates = others.map((entrant, i): Candidate & { entrant: Entrant } => ({
    entrant,
    arm: armFor(entrant, world, contest.execution),
    setup: {
      world,
      contract: contractFor(entrant, contest),
      project: world.cwd,
      instrument,
      redact,
      samples: join(dir, `samples-${i + 1}`),
      seed: started_at,
    },
  }));
  const base = { what: 'first command', command: first.script, arm: armFor(first, world, contest.execution) };
  try {
    const [one, ...more] = candidates;
    const entries = await withSetups(world, contest.entrants, () => judgeField({ base, candidates: [one!, ...more] }));
    const finished_at = world.clock.now();
    const [compared, ...rest] = candidates.map(({ entrant, setup }, i): Contested => {
      const { samples, ...experiment }: Entry = entries[i]!;
      const comparison: Comparison = {
        of: 'commands',
        base: first.script,
        head: entrant.script,
        names: { base: first.name, head: entrant.name },
        against: null,
        protected_from_base: [],
        ...experiment,
        cautions: [],
        contract: setup.contract,
        contract_hash: hashContract(redactData(setup.contract, redact)),
        started_at,
        finished_at,
      };
      return { comparison, kept: keepComparison(project, comparison, setup), samples };
    });
    return { compared: [compared!, ...rest], method: instrument.method };
  } finally {
    leave();
  }
}

/** The project that keeps the record; null outside of a repository, or if git is missing. */
async function projectAt(cwd: string): Promise<string | null> {
  try {
    return (await openRepo(cwd)).project;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
