import { convert } from '../../core/units.ts';
import type { Quantity } from '../instruments/instrument.ts';
import type { Absence, BuiltIn, Metric, Traces } from './source.ts';

type Usage = Traces['usage'];

/** What each built-in source needs of the instrument, and how it is read from a reading: times in ms, memory in KB. */
const table: Record<BuiltIn, { needs: Quantity; unit: string; read(usage: Usage): number | null }> = {
  wall: { needs: 'wall', unit: 'ms', read: (u) => u.wall_ms },
  user_cpu: { needs: 'cpu', unit: 'ms', read: (u) => u.user_ms },
  sys_cpu: { needs: 'cpu', unit: 'ms', read: (u) => u.sys_ms },
  cpu: {
    needs: 'cpu',
    unit: 'ms',
    read: (u) => (u.user_ms === null || u.sys_ms === null ? null : u.user_ms + u.sys_ms),
  },
  max_rss: { needs: 'rss', unit: 'KB', read: (u) => u.max_rss_kb },
};

/** What the instrument must see for this source. */
export function needOf(source: BuiltIn): Quantity {
  return table[source].needs;
}

/** The value in the unit of the metric. */
export function builtIn(source: BuiltIn, metric: Metric, usage: Usage): number | Absence {
  const { read, unit } = table[source];
  const value = read(usage);
  if (value === null || !Number.isFinite(value))
    return { expected: source, found: `nothing (${usage.method} does not see it)` };
  return convert(value, unit, metric.unit);
}
