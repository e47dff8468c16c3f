import * as z from 'zod';
import type { Command } from '../../command.ts';
import type { Raw } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';
import { inside, nextInTime } from './calls.ts';

/** What a tool of the server does: it prints one object, as its command does with `--json`. */
type Call<Args> = (args: Args, tools: Tools) => Promise<unknown>;

/** What a client may show its user before a tool is called. An open world: the tool executes commands, which may do anything. */
const reads = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
const changes = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false };
const executes = { ...changes, openWorldHint: true };

type Described = { name: string; title: string; description: string; annotations: typeof reads | typeof executes };
export type McpTool = Described & { inputSchema: z.ZodRawShape; call: Call<never> };

/** Ties a tool's call to the schema of its arguments. */
function tool<Shape extends z.ZodRawShape>(
  described: Described,
  inputSchema: Shape,
  call: Call<z.infer<z.ZodObject<Shape>>>,
): McpTool {
  return { ...described, inputSchema, call };
}

/** Neither a revision nor a file may begin like an option. */
const name = z.string().regex(/^[^-]/);

/** Calls a command with words and options as the command line gives them. */
async function callOf<Parsed>(
  { command }: { command: Command<Parsed> },
  tools: Tools,
  words: readonly string[] = [],
  options: Record<string, Raw> = {},
): Promise<void> {
  await command.run(command.parse(words, options), tools);
}

/** The tools of the server. None of them approves: that is for a person. */
export const mcpTools: McpTool[] = [
  tool(
    {
      name: 'status',
      title: 'Where the run stands',
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
        'Does the stages of the engine (measuring, judging, committing what is proved, taking the rest back) up to the next one that is yours, whose brief and draft are under `waiting`. Measuring goes on in the background: with `background` in the answer, call it again.',
      annotations: executes,
    },
    { seconds: z.number().min(0).max(3600).default(50).describe('how long to wait for a result at most') },
    nextInTime,
  ),
  tool(
    {
      name: 'submit',
      title: 'Hand in a draft',
      description:
        'Checks the draft of the stage and hands it in; a skipped fix is taken back, and kept under a ref. It cannot approve a contract: a person does.',
      annotations: changes,
    },
    { file: name.optional().describe('another file than the draft that `next` named') },
    async ({ file }, tools) => callOf(await import('../submit.ts'), tools, file ? [inside(file, tools)] : []),
  ),
  tool(
    {
      name: 'compare',
      title: 'Judge two commits',
      description:
        'Measures two commits in turn by a contract, in copies, and judges whether the second is better. Executes the commands of the contract.',
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
        'The hotspots of the run: ranked by its newest profile, and the list that is being tried. With `files`, those of profiles that are there already: V8, pprof, pstats, perf, callgrind, speedscope, bundles and more.',
      annotations: reads,
    },
    {
      files: z
        .array(name)
        .min(1)
        .optional()
        .describe('profiles inside of the project, or folders of them, which are ranked as one'),
      value: name.optional().describe('which value, where the files hold several, such as page-faults or alloc_space'),
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
        'Executes a command many times, and reports its wall time, CPU time and peak memory with their spread. It judges nothing.',
      annotations: executes,
    },
    {
      command: z.array(z.string()).min(1).describe('the command and its arguments; one word is a script for sh'),
      runs: z.number().int().min(1).max(10_000).optional(),
      metrics: z.array(z.string()).optional().describe('such as p95=json:latency.p95'),
    },
    async ({ command, runs, metrics }, tools) =>
      callOf(await import('../measure/measure.ts'), tools, command, { runs: runs?.toString(), metric: metrics }),
  ),
];
