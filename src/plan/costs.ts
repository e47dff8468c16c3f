import type { Hotspot } from '../record/data.ts';

/** The cost of each place, by id. The places do not overlap; the rest of the total has an empty id. */
export type Costs = ReadonlyMap<string, number>;

/** The costs of a breakdown: each place costs its ceiling. */
export function costsOf(hotspots: readonly Hotspot[], total: number): Costs {
  const named = hotspots.map((h): [string, number] => [h.id, (total * (h.ceiling_pct ?? 0)) / 100]);
  const rest = total - named.reduce((sum, [, cost]) => sum + cost, 0);
  return new Map([...named, ['', Math.max(0, rest)]]);
}

/** The sum of all costs. */
export const totalOf = (costs: Costs): number => [...costs.values()].reduce((sum, cost) => sum + cost, 0);

/**
 * The costs after a change to one place that saved `gain` of the total. A gain above the place's own cost is subtracted from the other
 * places in proportion to their costs. Such a change either made the place call the other places less often, or changed these other
 * places too.
 */
export function without(costs: Costs, id: string, gain: number): Costs {
  const own = costs.get(id) ?? 0;
  const others = totalOf(costs) - own;
  const factor = others > 0 ? Math.max(0, 1 - Math.max(0, gain - own) / others) : 1;
  return new Map([...costs].map(([key, cost]) => [key, key === id ? Math.max(0, cost - gain) : cost * factor]));
}
