import type { DomainName } from '../../core/domain-names.ts';
import type { Profiler } from './profiler.ts';
import { profilers } from './table.ts';

type Seen = { language: string | null; tools: readonly string[] };

/** What a clock, and so a profiler of time, says nothing about. */
const untimed: readonly DomainName[] = ['bundle_size', 'memory_peak'];

/** Those that fit a domain in a project, best first. `platform` as in `process.platform`. */
export function fittingProfilers(domain: DomainName, recon: Seen, platform: string = process.platform): Profiler[] {
  return profilers.filter(
    (p) =>
      (p.domains ? p.domains.includes(domain) : !untimed.includes(domain)) &&
      (!p.languages || (recon.language !== null && p.languages.includes(recon.language))) &&
      (!p.platform || p.platform === platform) &&
      (!p.beside || recon.tools.includes(p.beside)),
  );
}

/** The one to propose: the best that runs without a hand, else the best. */
export function recommendProfiler(
  domain: DomainName,
  recon: Seen,
  platform: string = process.platform,
): Profiler | undefined {
  const fitting = fittingProfilers(domain, recon, platform);
  return fitting.find((p) => p.by !== 'hand') ?? fitting[0];
}

/** A profiler as the contract holds it; a known tool brings its command and the name of its file. */
export function withCommand<P extends { tool: string; command?: string; output_path?: string }>(profiler: P): P {
  const known = profilers.find((p) => p.tool === profiler.tool);
  if (!known || profiler.command !== undefined || known.command === undefined) return profiler;
  return { ...profiler, command: known.command, output_path: profiler.output_path ?? known.output };
}
