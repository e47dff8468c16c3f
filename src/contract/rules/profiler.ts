import { closest } from 'fastest-levenshtein';
import type { Issue } from '../issue.ts';
import { profilers } from '../profiler-table.ts';
import type { Contract } from '../schema.ts';

/** A tool that the engine does not run by itself must say how it runs; those of the table have said so already. */
export function profilerRule({ profiler }: Partial<Contract>): Issue[] {
  if (typeof profiler !== 'object' || profiler.command) return [];
  const known = profilers.find((p) => p.tool === profiler.tool);
  if (known?.by === 'engine') return [];
  const runnable = profilers.filter((p) => p.by !== 'hand').map((p) => p.tool);
  const message = known
    ? `${known.tool} needs a command beside it that writes {output}; ${known.install}`
    : `unknown without a command; did you mean ${closest(profiler.tool, runnable)}? Known: ${runnable.join(', ')}`;
  return [{ path: ['profiler', 'tool'], at: 'value', message }];
}
