import { closest } from 'fastest-levenshtein';
import { profilers } from '../../profile/profilers/profilers.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';

/** Checks that the contract has the command that a profiler needs, if perf-gate cannot run this profiler without a command. */
export function profilerRule({ profiler }: Partial<Contract>): Issue[] {
  if (typeof profiler !== 'object' || profiler.command) return [];
  const message = lackOf(profiler.tool);
  return message === null ? [] : [{ path: ['profiler', 'tool'], at: 'value', message }];
}

/** The sentence that says why the contract must give a command for a profiler. Null if perf-gate knows how to run the profiler. */
export function lackOf(tool: string): string | null {
  const known = profilers.find((p) => p.tool === tool);
  if (known && known.by !== 'hand') return null;
  if (known) return `${tool} needs a \`command\` that writes {output}; ${known.install}`;
  const runnable = profilers.filter((p) => p.by !== 'hand').map((p) => p.tool);
  return `perf-gate does not know this profiler, so the profiler needs a \`command\`; did you mean ${closest(tool, runnable)}? Known: ${runnable.join(', ')}`;
}
