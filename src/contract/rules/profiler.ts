import { closest } from 'fastest-levenshtein';
import { profilers } from '../../profile/profilers/profilers.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';

/** A tool that the engine cannot run by itself needs a command. */
export function profilerRule({ profiler }: Partial<Contract>): Issue[] {
  if (typeof profiler !== 'object' || profiler.command) return [];
  const message = lackOf(profiler.tool);
  return message === null ? [] : [{ path: ['profiler', 'tool'], at: 'value', message }];
}

/** Why a tool cannot run without a command beside it; null where it can. */
export function lackOf(tool: string): string | null {
  const known = profilers.find((p) => p.tool === tool);
  if (known && known.by !== 'hand') return null;
  if (known) return `${tool} needs a command beside it that writes {output}; ${known.install}`;
  const runnable = profilers.filter((p) => p.by !== 'hand').map((p) => p.tool);
  return `unknown without a command; did you mean ${closest(tool, runnable)}? Known: ${runnable.join(', ')}`;
}
