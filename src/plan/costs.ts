import type { Hotspot } from '../record/data.ts';

/** What each part of the whole costs, by id; parts do not overlap. What no place is known to cost has the empty id. */
export type Costs = ReadonlyMap<string, number>;

export function costsOf(hotspots: readonly Hotspot[], total: number): Costs {
  const named = hotspots.map((h): [string, number] => [h.id, (total * (h.ceiling_pct ?? 0)) / 100]);
  const rest = total - named.reduce((sum, [, cost]) => sum + cost, 0);
  return new Map([...named, ['', Math.max(0, rest)]]);
}

export const wholeOf = (costs: Costs): number => [...costs.values()].reduce((sum, cost) => sum + cost, 0);

/**
 * The costs after a change to one part that made the whole cheaper by `gain`. What exceeds the part's own cost comes off the others in
 * proportion: the place called something less often, or brought along more than itself.
 */
export function without(costs: Costs, id: string, gain: number): Costs {
  const own = costs.get(id) ?? 0;
  const others = wholeOf(costs) - own;
  const factor = others > 0 ? Math.max(0, 1 - Math.max(0, gain - own) / others) : 1;
  return new Map([...costs].map(([key, cost]) => [key, key === id ? Math.max(0, cost - gain) : cost * factor]));
}
