import type { Look } from '../../report/terminal/look.ts';
import type { Profile } from './profile.ts';

type Stretches = Profile['timeline'];

/** The stretches of a timeline without idle time. */
export function atWork(timeline: Stretches): Stretches {
  let at_ms = 0;
  return timeline.flatMap(({ part, ms }) => {
    if (part === 'idle') return [];
    at_ms += ms;
    return [{ part, ms, at_ms: at_ms - ms }];
  });
}

/** Divides a session into `width` equal slices of time, and returns the share of one part in each slice, from 0 to 1. */
export function cells(stretches: Stretches, wanted: Stretches[number]['part'], width: number): number[] {
  const total = stretches.reduce((sum, { ms }) => sum + ms, 0);
  const shares = Array.from({ length: width }, () => 0);
  if (total <= 0) return shares;
  const piece = total / width;
  for (const { part, at_ms, ms } of stretches) {
    if (part !== wanted) continue;
    const last = Math.min(width - 1, Math.floor((at_ms + ms) / piece));
    for (let i = Math.floor(at_ms / piece); i <= last; i++)
      shares[i]! += Math.max(0, Math.min(at_ms + ms, (i + 1) * piece) - Math.max(at_ms, i * piece)) / piece;
  }
  return shares;
}

/**
 * A strip of characters that shows when a part occurred. A slice has a full block if the part took at least half of the slice, and a
 * lighter block if the part took less.
 */
export const strip = (shares: readonly number[], { unicode }: Look): string => {
  const [full, some] = unicode ? ['█', '░'] : ['#', '.'];
  return shares.map((share) => (share >= 0.5 ? full : share > 0.02 ? some : ' ')).join('');
};
