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
