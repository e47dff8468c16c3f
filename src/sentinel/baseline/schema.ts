import { z } from 'zod';

/**
 * `runs`: the times of the executions in order, in ms. The other keys are statistics of these times: `stddev` is the sample standard
 * deviation; 95 % of the executions took at most `p95`.
 */
const statisticsSchema = z.object({
  runs: z.array(z.number()),
  mean: z.number(),
  stddev: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
});

const handlerSchema = z.union([
  z.object({
    type: z.literal('command'),
    command: z.string(),
    args: z.array(z.string()).nullable(),
    shell: z.enum(['bash', 'powershell']),
    async: z.boolean(),
  }),
  z.object({ type: z.literal('http'), url: z.string() }),
  z.object({ type: z.literal('mcp_tool'), server: z.string(), tool: z.string() }),
  z.object({ type: z.enum(['prompt', 'agent']), prompt: z.string() }),
  z.object({ type: z.literal('unknown'), written: z.string() }),
]);

/** A hook's declaration. */
const declaredSchema = z.object({
  source: z.enum(['managed', 'user', 'project', 'local', 'flag', 'plugin', 'skill', 'agent']),
  root: z.string().startsWith('/').nullable(),
  file: z.string().startsWith('/'),
  if: z.string().nullable(),
  handler: handlerSchema,
  timeout_s: z.object({ written: z.number().nullable(), effective: z.number().positive() }),
  /** Why Claude Code never runs the hook: the fields of the type `Dead`, each read as any string. Null if Claude Code runs the hook. */
  dead: z.record(z.string(), z.string()).nullable(),
  runs_as: z.string().nullable(),
});

const hookSchema = z.object({
  id: z.string(),
  plugin: z.string().nullable(),
  event: z.string(),
  matcher: z.string().nullable(),
  command: z.string(),
  declared: declaredSchema,
  /** The hash of all files of the hook. Null if one of the files could not be stored. */
  hash: z.string().nullable(),
  objects: z.array(
    z.object({
      at: z.string().startsWith('/'),
      kind: z.enum(['folder', 'file']),
      hash: z.string().nullable(),
      executable: z.boolean(),
      refused: z.string().nullable(),
      left_out: z.array(z.object({ path: z.string(), why: z.string() })),
    }),
  ),
  /** The number of lines of each script of the hook, by file. */
  lines: z.record(z.string(), z.number()),
  /** Wall and CPU time of each execution of the hook, in ms. Empty if the hook was not run. */
  runs: z.array(z.number()),
  cpu: z.array(z.number()),
  outcomes: z.array(z.string()),
  execs: z.number().nullable(),
  stdout_bytes: z.number().nullable(),
});

const eventSchema = z.object({
  key: z.string(),
  event: z.string(),
  matched: z.string().nullable(),
  hooks: z.array(z.string()),
  runs: z.array(z.number()),
  cpu: z.array(z.number()),
});

/** A baseline as it is stored and printed. Times in ms. */
export const baselineSchema = z.object({
  format: z.literal(1),
  tag: z.string(),
  /** The version of the measured plugins. Null if no manifest gives one. */
  version: z.string().nullable(),
  timestamp: z.string(),
  /** The times of each wait of a user. A wait is null if no hook runs during it. */
  measurements: z.object({
    session_startup: statisticsSchema.nullable(),
    edit_cycle: statisticsSchema.nullable(),
    prompt: statisticsSchema.nullable(),
    turn_end: statisticsSchema.nullable(),
  }),
  metadata: z.object({ hook_count: z.number(), total_hook_lines: z.number(), plugins: z.array(z.string()) }),
  /** The measured hooks: those in a folder of plugins, or all hooks of a project. */
  of: z.object({ project: z.string(), plugins: z.string().nullable() }),
  method: z.string(),
  machine: z.object({
    cpu_model: z.string(),
    cores: z.number(),
    platform: z.string(),
    kernel: z.string(),
    load: z.number(),
  }),
  /**
   * The order of the executions. `in_turn`: the hooks run in rounds. Each round runs every hook once, in a random order that the seed
   * determines.
   */
  order: z.object({ kind: z.literal('in_turn'), seed: z.string() }),
  cage: z.object({ level: z.string(), network: z.string(), state: z.string() }),
  hooks: z.array(hookSchema),
  events: z.array(eventSchema),
});

export type Baseline = z.infer<typeof baselineSchema>;
export type Statistics = z.infer<typeof statisticsSchema>;
