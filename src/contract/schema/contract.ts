import * as z from 'zod';
import { domainNames } from '../../core/domain-names.ts';
import { benchmarks } from './benchmarks.ts';
import { guards, profiler, repoContext } from './guards.ts';
import { metrics } from './metrics.ts';
import { repro } from './repro.ts';
import { network, room } from './room.ts';
import { text } from './text.ts';
import { claim, goal, limits, sessionEffect, significance, threshold } from './threshold.ts';

/**
 * The contract: what is measured, how, and what counts as better. This schema checks a contract, fills in the defaults, and is
 * published as JSON Schema. Objects are strict: a misspelt key is a mistake, never a silent default.
 */
export const contractSchema = z.strictObject({
  version: z.literal(1).meta({ description: 'The version of this schema.', examples: [1] }),
  domain: z
    .enum(domainNames)
    .default('custom')
    .meta({ description: 'The kind of performance, for advice and labels.' }),
  description: z
    .string()
    .exactOptional()
    .meta({ description: 'A sentence about what is measured. If left out: the text of the task.' }),
  repo_context: repoContext.exactOptional(),
  repro,
  metrics: metrics.meta({
    description: 'The metrics that are measured in every execution.',
    examples: [{ primary: { name: 'wall_ms', source: 'wall' } }],
  }),
  threshold,
  significance,
  claim,
  confirm: z.boolean().default(true).meta({
    description:
      'A candidate that passes the first session (the screen) is measured again, and only the second session counts.',
  }),
  session_effect_pct: sessionEffect.exactOptional(),
  room: room.exactOptional(),
  network: network.exactOptional(),
  isolation: z.enum(['copy', 'worktree', 'in_place']).default('copy').meta({
    description:
      'The tree in which an arm runs: a `copy` of your work tree, a clean git `worktree` after `repro.setup`, or your own work tree (`in_place`).',
  }),
  order: z.enum(['interleaved', 'sequential']).default('interleaved').meta({
    description:
      '`interleaved` executes base and candidate in turn. `sequential` does all executions of the base before the first of the candidate, for arms that cannot alternate.',
  }),
  rules: z
    .union([z.literal(1), z.literal(2)])
    .exactOptional()
    .meta({
      description:
        'The version of the rules by which perf-gate judges. If left out: the newest version when the contract is read. A run keeps its version of the rules.',
      examples: [2],
    }),
  guards,
  profiler: profiler.default('auto'),
  goal: goal.exactOptional(),
  benchmarks: benchmarks.exactOptional(),
  limits,
  secrets_file: text.exactOptional().meta({
    description:
      'A file of NAME=value lines. perf-gate passes these values to the commands, and never writes them anywhere.',
    examples: ['.env.bench'],
  }),
});

/** A valid contract with every default filled in; the keys are the same as in the YAML file. */
export type Contract = z.infer<typeof contractSchema>;

/** A contract as a person writes it: fields that have a default can be missing. */
export type ContractInput = z.input<typeof contractSchema>;
