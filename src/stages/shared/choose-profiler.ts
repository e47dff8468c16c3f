import type { Profiler } from '../../contract/profiler-table.ts';
import { fittingProfilers } from '../../contract/profilers.ts';
import type { DomainName } from '../../contract/schema.ts';
import { run } from '../../core/exec.ts';
import type { Choice } from '../../profile/capture/first.ts';

/** What is to be profiled: what kind of task, the project's language and tools as recon tells them, the command. */
type Wanted = { domain: DomainName; language: string | null; tools: readonly string[]; script: string };

/** A command that says by itself what runs it. */
const stacks: [language: string, runs: RegExp][] = [
  ['javascript', /(^|[\s;&|/])(node|npm|npx|pnpm|yarn|tsx|ts-node)(\s|$)/],
  ['python', /(^|[\s;&|/])(python3?|pytest)(\s|$)/],
  ['go', /(^|[\s;&|])go\s+(test|run)\s/],
  ['rust', /(^|[\s;&|])cargo\s|(^|[\s/])target\/(release|debug)\//],
];

/**
 * What `auto` stands for: the profilers that fit and run without a hand, best first. Each is asked whether it is there, until one is;
 * those that are not say how to get them.
 */
export async function profilersFor(
  { domain, language, tools, script }: Wanted,
  env: NodeJS.ProcessEnv,
): Promise<Choice[]> {
  const spoken = stacks.find(([, runs]) => runs.test(script))?.[0] ?? language?.toLowerCase() ?? null;
  const fitting = fittingProfilers(domain, { language: spoken, tools }).filter(
    (p) => p.by !== 'hand' && findsHotspots(p),
  );
  return Promise.all(
    fitting.map(async ({ tool, command, output, present, install, by }) => ({
      tool,
      ...(by === 'engine' ? {} : { command, output_path: output }),
      missing: (await isThere(present, env)) ? null : `${tool} is not there. ${install}`,
    })),
  );
}

/** Times alone name no place, and spans are written by a program that knows of them. */
const findsHotspots = ({ tool }: Profiler) => tool !== 'hyperfine' && tool !== 'spans';

async function isThere([file, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  if (file === undefined) return true;
  return (await run(file, args, { env, timeoutMs: 20_000 })).exitCode === 0;
}
