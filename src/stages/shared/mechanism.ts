import { shareDifference } from '../../stats/proportion.ts';
import type { Hotspot, ProfileData } from './data.ts';

/** Whether the place that an accepted change was about really costs less of the whole than before it. */
export type Mechanism = {
  hotspot: string;
  /** Its share of the profile before and after, in per cent: itself with what ran outside of the project on its behalf. */
  before_pct: number;
  after_pct: number;
  /** The 95 % interval of what it fell by, in points; null where nothing was sampled. */
  fell_ci95: [number, number] | null;
  says: 'confirmed' | 'not_confirmed' | 'cannot_tell';
};

/** What a ranking leaves out costs less than its last entry, and is taken to be gone. */
type Seen = Pick<ProfileData, 'hotspots' | 'samples' | 'total' | 'unit'>;

/**
 * Compares a place in the profiles before and after the change. Null where the earlier profile does not name the place, or one of them
 * holds nothing. It explains an acceptance and never decides one.
 */
export function mechanismOf(id: string, before: Seen, after: Seen): Mechanism | null {
  const from = before.hotspots.find((h) => h.id === id);
  if (from?.ceiling_pct === undefined || !before.total || !after.total || before.unit !== after.unit) return null;
  const to = after.hotspots.find(isSame(from))?.ceiling_pct ?? 0;
  const [share, now] = [from.ceiling_pct / 100, to / 100];
  const base = { hotspot: id, before_pct: from.ceiling_pct, after_pct: to };
  if (!before.samples || !after.samples) {
    const says = now < share ? 'confirmed' : 'not_confirmed';
    return { ...base, fell_ci95: null, says };
  }
  const { low, high } = shareDifference({ share, n: before.samples }, { share: now, n: after.samples });
  const says = low > 0 ? 'confirmed' : high <= 0 || now >= share ? 'not_confirmed' : 'cannot_tell';
  return { ...base, fell_ci95: [low * 100, high * 100], says };
}

/** Lines move when code changes: a place is the same where function and file are. */
const isSame = (a: Hotspot) => (b: Hotspot) => b.function === a.function && b.file === a.file;

const words = {
  confirmed: 'confirmed: the change took away what it was about',
  not_confirmed: 'not confirmed: what became faster is something else',
  cannot_tell: 'cannot tell: too few samples for a difference of this size',
};

export function mechanismText({ hotspot, before_pct, after_pct, fell_ci95, says }: Mechanism): string {
  const range = fell_ci95 ? ` (fell by ${fell_ci95.map((end) => end.toFixed(1)).join(' to ')} points, 95 %)` : '';
  return `The share of ${hotspot} went from ${before_pct.toFixed(1)} % to ${after_pct.toFixed(1)} %${range}: ${words[says]}.`;
}
