import { count, listed } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import type { Cleaning, Old } from './clean.ts';
import type { SentinelConfig } from './config.ts';
import type { Kept } from './day-file.ts';

/**
 * A sentence for the user that says why a result could not be stored or, if `verbose` is set, in which file it was stored. Null in all
 * other cases.
 */
export function keptWords(kept: Kept | null, verbose: boolean): string | null {
  if (kept === null) return null;
  if (kept.problem !== null) return `This result was not saved: ${kept.problem}`;
  return verbose ? `Saved in ${kept.file}.` : null;
}

/** For a user whose settings prefer hyperfine, explains why hyperfine was not used. */
export const hyperfineWords = ({ prefer_hyperfine }: SentinelConfig['external_tools']): string | null =>
  prefer_hyperfine
    ? 'hyperfine was not used (external_tools.prefer_hyperfine): it would measure the cage together with the hook.'
    : null;

/** A message that lists the files that were removed, or that would be removed. */
export function cleaningText(cleaning: Cleaning, { folder, dryRun }: { folder: string; dryRun: boolean }): string {
  if (cleaning.state === 'not_ours') return `${folder} does not belong to perf-gate sentinel. Nothing was removed.`;
  const { old, problem } = cleaning;
  const bytes = old.reduce((sum, one) => sum + one.bytes, 0);
  const parts = kinds.flatMap((kind) => {
    const n = old.filter((one) => one.kind === kind).length;
    return n > 0 ? [count(n, kind)] : [];
  });
  const done = dryRun ? 'Would remove' : 'Removed';
  return [
    old.length === 0
      ? `Nothing in ${folder} is old enough to be removed.`
      : `${done} ${listed(parts)}: ${bytes < 10_000 ? count(bytes, 'byte') : quantity(bytes, 'bytes')}.`,
    ...(problem === null ? [] : [`Copies of hooks were not removed, because a baseline cannot be read: ${problem}`]),
  ].join('\n');
}

const kinds: readonly Old['kind'][] = ['session', 'audit', 'benchmark', 'object'];
