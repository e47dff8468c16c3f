import { lackOf } from '../contract/rules/profiler.ts';
import type { DomainName } from '../core/domain-names.ts';
import { run } from '../core/exec.ts';
import type { Choice } from '../profile/capture/first.ts';
import { fittingProfilers, withCommand } from '../profile/profilers/fitting.ts';
import type { Profiler } from '../profile/profilers/profiler.ts';
import { profilers } from '../profile/profilers/table.ts';
import { stackOf } from './stack-of.ts';

/**
 * What is to be profiled: what kind of task, the project's language and tools as recon tells them, the command, and whether it is
 * that of a service.
 */
type Wanted = {
  domain: DomainName;
  language: string | null;
  tools: readonly string[];
  script: string;
  service?: boolean;
};

/**
 * What `auto` stands for: the profilers that fit, best first. Each is asked whether it is there; those that are not, and in the end
 * those that take a hand, say what to do.
 */
export async function profilersFor(
  { domain, language, tools, script, service = false }: Wanted,
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Choice[]> {
  const spoken = stackOf(script, { cwd, env }) ?? language?.toLowerCase() ?? null;
  const fitting = fittingProfilers(domain, { language: spoken, tools }).filter(
    (p) => findsHotspots(p) && (!p.runs || p.runs.test(script)) && !(service && p.service === false),
  );
  const choices = await Promise.all(
    fitting
      .filter(({ by }) => by !== 'hand')
      .map(async ({ tool, command, output, present, install, by }) => ({
        tool,
        ...(by === 'engine' ? {} : { command, output_path: output }),
        missing: (await isThere(present, env)) ? null : `${tool} is not there. ${install}`,
      })),
  );
  const byHand = fitting.filter(({ by }) => by === 'hand');
  return [...choices, ...byHand.map(({ tool, install }) => ({ tool, missing: `${tool} takes a hand. ${install}` }))];
}

type Named = { tool: string; command?: string; output_path?: string };

/** One that was named: by itself, or with its own command. */
export async function namedProfiler(named: Named, env: NodeJS.ProcessEnv): Promise<Choice> {
  const { tool } = named;
  if (named.command !== undefined || tool === 'none') return { ...named, missing: null };
  const known = profilers.find((p) => p.tool === tool);
  const lack = lackOf(tool);
  const missing = lack ?? (known && !(await isThere(known.present, env)) ? `not there. ${known.install}` : null);
  return { ...withCommand(named), missing: missing === null ? null : `${tool}: ${missing}` };
}

/** Times alone name no place, and spans are written by a program that knows of them. */
const findsHotspots = ({ tool }: Profiler) => tool !== 'hyperfine' && tool !== 'spans';

async function isThere([file, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  if (file === undefined) return true;
  return (await run(file, args, { env, timeoutMs: 20_000 })).exitCode === 0;
}
