import * as z from 'zod';
import type { Command } from '../../command.ts';
import type { Raw } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';
import { inside, nextInTime } from './calls.ts';

/** The action of a tool. It prints one JSON object, which the tool returns to the client. */
type Call<Args> = (args: Args, tools: Tools) => Promise<unknown>;

/**
 * MCP annotations, which a client may show to its user before a call. `openWorldHint`: whether the tool executes commands, which can do
 * anything.
 */
const reads = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
const changes = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false };
const executes = { ...changes, openWorldHint: true };

type Described = { name: string; title: string; description: string; annotations: typeof reads | typeof executes };
export type McpTool = Described & { inputSchema: z.ZodRawShape; call: Call<never> };

/** Describes a tool. The schema of the arguments determines the type of `call`. */
function tool<Shape extends z.ZodRawShape>(
  described: Described,
  inputSchema: Shape,
  call: Call<z.infer<z.ZodObject<Shape>>>,
): McpTool {
  return { ...described, inputSchema, call };
}

/** A tool's argument that names a revision or a file. A name that begins with `-` is refused, because it would count as an option. */
const name = z.string().regex(/^[^-]/);

/** Runs a command with the given words and raw options, as the command line would. */
async function callOf<Parsed>(
  { command }: { command: Command<Parsed> },
  tools: Tools,
  words: readonly string[] = [],
  options: Record<string, Raw> = {},
): Promise<void> {
  await command.run(command.parse(words, options), tools);
}

/** The tools of the server. No tool approves a contract: only a person may. */
export const mcpTools: McpTool[] = [
  tool(
    {
      name: 'status',
      title: 'State of the run',
      description: 'Reports the stage of the run, its attempts with their verdicts, and the command that comes next.',
      annotations: reads,
    },
    {},
    async (_, tools) => callOf(await import('../status.ts'), tools),
  ),
  tool(
    {
      name: 'next',
      title: 'Go on with the run',
      description:
        'Carries out perf-gate’s own stages (measures, judges, commits proven changes, reverts the others) up to the next stage that you must do. The brief and the draft of your stage are under `waiting`. Measurements run in the background: if the result holds `background`, call this tool again.',
      annotations: executes,
    },
    { seconds: z.number().min(0).max(3600).default(50).describe('the longest wait for a result, in seconds') },
    nextInTime,
  ),
  tool(
    {
      name: 'submit',
      title: 'Submit a draft',
      description:
        'Checks and submits the draft of the stage. A skipped fix is reverted and kept under a ref. This tool cannot approve a contract: only a person can.',
      annotations: changes,
    },
    { file: name.optional().describe('the file to submit (default: the draft that `next` named)') },
    async ({ file }, tools) => callOf(await import('../submit.ts'), tools, file ? [inside(file, tools)] : []),
  ),
  tool(
    {
      name: 'compare',
      title: 'Judge two commits',
      description:
        'Executes the commands of a contract alternately on two commits, in copies of the project, and judges whether the second commit is better.',
      annotations: executes,
    },
    {
      base: name.describe('a revision, such as main'),
      head: name.describe('a revision, such as HEAD'),
      contract: name.describe('the file of the contract'),
    },
    async ({ base, head, contract }, tools) =>
      callOf(await import('../compare/compare.ts'), tools, [base, head], { contract: inside(contract, tools) }),
  ),
  tool(
    {
      name: 'hotspots',
      title: 'Where the time goes',
      description:
        'Returns the ranked hotspots of the run’s newest profile, and the chosen hotspots that are left to try. With `files`, ranks the hotspots of existing profiles: V8, pprof, pstats, perf, callgrind, speedscope, bundles and more.',
      annotations: reads,
    },
    {
      files: z
        .array(name)
        .min(1)
        .optional()
        .describe('profiles inside of the project, or folders of profiles; all count as parts of one execution'),
      value: name
        .optional()
        .describe('the value to rank by, if the files hold several, such as page-faults or alloc_space'),
    },
    async ({ files, value }, tools) => {
      const { hotspotsOfFiles, hotspotsOfRun } = await import('./calls.ts');
      return files ? hotspotsOfFiles(files, value, tools) : hotspotsOfRun(tools);
    },
  ),
  tool(
    {
      name: 'measure',
      title: 'Measure a command',
      description:
        'Executes a command many times, and reports its wall time, CPU time and peak memory with their spread. It gives no verdict.',
      annotations: executes,
    },
    {
      command: z.array(z.string()).min(1).describe('the command and its arguments; a single string is a script for sh'),
      runs: z.number().int().min(1).max(10_000).optional(),
      metrics: z.array(z.string()).optional().describe('such as p95=json:latency.p95'),
    },
    async ({ command, runs, metrics }, tools) =>
      callOf(await import('../measure/measure.ts'), tools, command, { runs: runs?.toString(), metric: metrics }),
  ),
];
