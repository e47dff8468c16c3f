import type { Hotspot } from '../record/data.ts';

/** The cost of each hotspot. The key is the hotspot's id, or empty for the rest of the total. */
export type Costs = ReadonlyMap<string, number>;

/** The cost of each hotspot in a breakdown: its ceiling, in the unit of `total`. */
export function costsOf(hotspots: readonly Hotspot[], total: number): Costs {
  const named = hotspots.map((h): [string, number] => [h.id, (total * (h.ceiling_pct ?? 0)) / 100]);
  const rest = total - named.reduce((sum, [, cost]) => sum + cost, 0);
  return new Map([...named, ['', Math.max(0, rest)]]);
}

/** The sum of the hotspots' costs and of the rest. */
export const totalOf = (costs: Costs): number => [...costs.values()].reduce((sum, cost) => sum + cost, 0);

/**
 * The costs after a change to one hotspot. The change lowered the total by `gain`. If the gain exceeds the hotspot's own cost, the rest of
 * the gain is subtracted from the other hotspots, in proportion to their costs. So large a gain means that the change also made the other
 * hotspots faster, or made the program call them less often.
 */
export function without(costs: Costs, id: string, gain: number): Costs {
  const own = costs.get(id) ?? 0;
  const others = totalOf(costs) - own;
  const factor = others > 0 ? Math.max(0, 1 - Math.max(0, gain - own) / others) : 1;
  return new Map([...costs].map(([key, cost]) => [key, key === id ? Math.max(0, cost - gain) : cost * factor]));
}
