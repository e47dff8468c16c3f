import type { DomainName } from '../../core/domain-names.ts';
import { domainProfilers } from './domains.ts';
import { nativeProfilers } from './native.ts';
import type { Profiler } from './profiler.ts';
import { runtimeProfilers } from './runtimes.ts';

/** Every profiler that perf-gate knows, best first: specific ones come before general ones. To add a profiler, add one row. */
export const profilers: readonly Profiler[] = [...domainProfilers, ...runtimeProfilers, ...nativeProfilers];

/** The detected main language of a project, and its detected tools. */
type Seen = { language: string | null; tools: readonly string[] };

/** The domains that are not about time: a profiler of time does not fit them. */
const untimed: readonly DomainName[] = ['bundle_size', 'memory_peak'];

/** The profilers that fit a domain in a project, best first. `platform`: as in `process.platform`. */
export function fittingProfilers(domain: DomainName, recon: Seen, platform: string = process.platform): Profiler[] {
  return profilers.filter(
    (p) =>
      (p.domains ? p.domains.includes(domain) : !untimed.includes(domain)) &&
      (!p.languages || (recon.language !== null && p.languages.includes(recon.language))) &&
      (!p.platform || p.platform === platform) &&
      (!p.beside || recon.tools.includes(p.beside)),
  );
}

/** Finds a profiler in the table by its name, such as `py-spy`. Undefined if perf-gate does not know the tool. */
export const findProfiler = (tool: string): Profiler | undefined => profilers.find((p) => p.tool === tool);

/**
 * If a contract names a profiler of the table without a command, adds the table's command and, if the contract has no `output_path`, the
 * name of the file that the profiler writes.
 */
export function withCommand<P extends { tool: string; command?: string; output_path?: string }>(profiler: P): P {
  const known = findProfiler(profiler.tool);
  if (known?.by !== 'command' || profiler.command !== undefined) return profiler;
  return { ...profiler, command: known.command, output_path: profiler.output_path ?? known.output };
}
