import { areAlike } from '../../core/units.ts';
import { largestGain } from '../../profile/rank/hotspots.ts';
import type { Mechanism, ProfileData } from '../../record/data.ts';
import { findHotspot } from '../../record/find-hotspot.ts';
import { shareDifference } from '../../stats/proportion.ts';

/** A profile's ranking. A hotspot that is not in the ranking counts as 0 %, because it costs less than the last entry. */
type Seen = Pick<ProfileData, 'hotspots' | 'samples' | 'total' | 'unit'>;

/** The saving that the samples prove. `pct`: its lower bound, in per cent of the base. `unit`: the metric's unit. */
type Saved = { pct: number; unit: string };

/**
 * If a hotspot has at least this share, in per cent, its costs are compared in addition to its shares. The share of such a hotspot stays
 * large even when the hotspot gets cheaper.
 */
const LARGE_SHARE = 50;

/**
 * Compares a hotspot's cost in the profile before the change with its cost in the profile after the change. Returns null if the earlier
 * profile does not name the hotspot, or if a profile is empty. The result explains an accepted change, and has no effect on the verdict.
 */
export function mechanismOf(id: string, before: Seen, after: Seen, saved: Saved | null = null): Mechanism | null {
  const from = before.hotspots.find((h) => h.id === id);
  if (from?.ceiling_pct === undefined || !before.total || !after.total || before.unit !== after.unit) return null;
  const after_pct = findHotspot(after.hotspots, from)?.ceiling_pct ?? 0;
  const [share, now] = [from.ceiling_pct / 100, after_pct / 100];
  const sampled = before.samples && after.samples ? { before: before.samples, after: after.samples } : null;
  const fell = sampled && shareDifference({ share, n: sampled.before }, { share: now, n: sampled.after });
  const cost = { before: share * before.total, after: now * after.total, unit: before.unit };
  // a saving of time cannot be compared with a share of a count
  const saved_pct = saved && areAlike(saved.unit, before.unit) ? saved.pct : null;
  const isCheaper =
    from.ceiling_pct >= LARGE_SHARE && saved_pct !== null && 1 - cost.after / cost.before >= saved_pct / 200;
  const most = Math.max(largestGain(from) ?? 0, from.ceiling_pct, from.ceiling_ci95_pct?.[1] ?? 0);
  const says = (): Mechanism['says'] => {
    if ((fell ? fell.low > 0 : now < share) || isCheaper)
      return saved_pct !== null && saved_pct > most ? 'partly' : 'confirmed';
    return !fell || fell.high <= 0 || now >= share ? 'not_confirmed' : 'cannot_tell';
  };
  const fell_ci95 = fell && ([fell.low * 100, fell.high * 100] satisfies [number, number]);
  return { hotspot: id, before_pct: from.ceiling_pct, after_pct, fell_ci95, says: says(), cost };
}
