import { count, listed } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import type { Cleaning, Old } from './clean.ts';
import type { SentinelConfig } from './config.ts';
import type { Kept } from './day-file.ts';

/** What a person is told about keeping: that it failed, or where the file is, if they want to know everything. Null: nothing. */
export function keptWords(kept: Kept | null, verbose: boolean): string | null {
  if (kept === null) return null;
  if (kept.problem !== null) return `This was not kept for later: ${kept.problem}`;
  return verbose ? `Kept in ${kept.file}.` : null;
}

/** A person who prefers hyperfine is told why it is not taken. */
export const hyperfineWords = ({ prefer_hyperfine }: SentinelConfig['external_tools']): string | null =>
  prefer_hyperfine
    ? 'hyperfine was not used (external_tools.prefer_hyperfine): its clock runs outside of the cage, and would count the cage with the hook.'
    : null;

/** What a cleaning removed, or would remove. */
export function cleaningText(cleaning: Cleaning, { folder, dryRun }: { folder: string; dryRun: boolean }): string {
  if (cleaning.state === 'not_ours') return `Nothing of the sentinel is kept in ${folder}. Nothing was removed.`;
  const { old, problem } = cleaning;
  const bytes = old.reduce((sum, one) => sum + one.bytes, 0);
  const parts = kinds.flatMap((kind) => {
    const n = old.filter((one) => one.kind === kind).length;
    return n > 0 ? [count(n, kind)] : [];
  });
  const done = dryRun ? 'Would remove' : 'Removed';
  return [
    old.length === 0
      ? `Nothing in ${folder} is too old.`
      : `${done} ${listed(parts)}: ${bytes < 10_000 ? count(bytes, 'byte') : quantity(bytes, 'bytes')}.`,
    ...(problem === null ? [] : [`Copies of hooks were left alone, because a baseline cannot be read: ${problem}`]),
  ].join('\n');
}

const kinds: readonly Old['kind'][] = ['session', 'audit', 'benchmark', 'object'];
