import { lackOf } from '../contract/rules/profiler.ts';
import type { DomainName } from '../core/domain-names.ts';
import { run } from '../core/exec.ts';
import type { Choice } from '../profile/capture/capture.ts';
import { findProfiler, fittingProfilers, profilers, withCommand } from '../profile/profilers/profilers.ts';
import type { Recon } from './recon/recon.ts';
import { stackOf } from './stack-of.ts';

/**
 * The facts by which a profiler is chosen: the domain, the command line, and whether the contract has a service. The language and the tools
 * are those that recon found in the project.
 */
type Wanted = {
  domain: DomainName;
  language: string | null;
  tools: readonly string[];
  script: string;
  service?: boolean;
};

/**
 * The profilers that `profiler: auto` tries, best first. For a profiler that is not installed, `missing` says how to install it. Profilers
 * that a person must run come last.
 */
export async function profilersFor(
  { domain, language, tools, script, service = false }: Wanted,
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Choice[]> {
  const stack = stackOf(script, { cwd, env }) ?? language?.toLowerCase() ?? null;
  const fitting = fittingProfilers(domain, { language: stack, tools }).filter(
    (p) => p.auto !== false && (!p.runs || p.runs.test(script)) && !(service && p.service === false),
  );
  const choices = await Promise.all(
    fitting
      .filter(({ by }) => by !== 'hand')
      .map(async ({ tool, present, install }) => ({
        ...withCommand<Named>({ tool }),
        missing: (await isInstalled(present, env)) ? null : `${tool} is not installed. ${install}`,
      })),
  );
  const byHand = fitting.filter(({ by }) => by === 'hand');
  return [
    ...choices,
    ...byHand.map(({ tool, install }) => ({ tool, missing: `${tool} must be run manually. ${install}` })),
  ];
}

type Named = { tool: string; command?: string; output_path?: string; value?: string };

/** Adds `missing_profilers` to the findings of recon: the profilers for the project's language that are not installed on this machine. */
export async function withMissingProfilers(found: Recon, env: NodeJS.ProcessEnv): Promise<Recon> {
  const fitting = profilers.filter(
    ({ by, languages, beside }) =>
      by !== 'hand' &&
      (!languages || languages.includes(found.language ?? '')) &&
      (!beside || found.tools.includes(beside)),
  );
  const asked = fitting.map(async ({ tool, present }) => ((await isInstalled(present, env)) ? [] : [tool]));
  return { ...found, missing_profilers: (await Promise.all(asked)).flat() };
}

/** The profiler that a person named, with the person's command for it, if any. */
export async function namedProfiler(named: Named, env: NodeJS.ProcessEnv): Promise<Choice> {
  const { tool } = named;
  if (named.command !== undefined || tool === 'none') return { ...named, missing: null };
  const known = findProfiler(tool);
  const isMissing = known !== undefined && !(await isInstalled(known.present, env));
  const missing = lackOf(tool) ?? (isMissing ? `not installed. ${known.install}` : null);
  return { ...withCommand(named), missing: missing === null ? null : `${tool}: ${missing}` };
}

async function isInstalled([file, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  if (file === undefined) return true;
  return (await run(file, args, { env, timeoutMs: 20_000 })).exitCode === 0;
}
