import type { Profile } from '../model.ts';
import type { Share } from './attribute.ts';

/**
 * Facts about a hotspot, in addition to its cost. perf-gate proposes techniques from these facts. Percentages are of the profile's total.
 * Unknown and tiny values are left out.
 */
export type Signs = {
  /** How often the hotspot was called. Unknown if the profiler took samples. */
  calls?: number;
  /** How many functions of the project called the hotspot, and the cost of the calls from the costliest caller. */
  callers?: number;
  main_caller_pct?: number;
  /** The shares of garbage collection and of packages' code that ran on the hotspot's behalf. */
  gc_pct?: number;
  dependency_pct?: number;
  /** The share of the hotspot's most expensive line. */
  line_pct?: number;
  /** Set if the profile counts bytes of memory, so that the hotspot's cost is the memory that it allocates. */
  allocates?: true;
  /** The hotspot is no code: the program waited. Only `src/plan` makes such hotspots. */
  waits?: true;
};

/** Formats whose bytes are memory. In formats of bundles, bytes are the size of code. */
const memory = /\b(heapprofile|massif|pprof|speedscope|collapsed)\b/;

/** The smallest share that is kept, in per cent. */
const least = 0.05;

export function signsOf(share: Share, { total, sampled, unit, format }: Profile): Signs {
  const shares = {
    main_caller_pct: most(share.callers),
    gc_pct: share.kinds.get('gc') ?? 0,
    dependency_pct: share.kinds.get('dependency') ?? 0,
    line_pct: most(share.lines),
  };
  const known = Object.entries(shares).map(([name, weight]) => [name, (100 * weight) / total] as const);
  const callers = [...share.callers.keys()].filter((caller) => caller !== -1).length;
  return {
    ...(!sampled && share.ownSamples > 0 ? { calls: Math.round(share.ownSamples) } : {}),
    ...(callers > 0 ? { callers } : {}),
    ...Object.fromEntries(known.filter(([, pct]) => pct >= least)),
    ...(unit === 'bytes' && memory.test(format) ? { allocates: true as const } : {}),
  };
}

const most = (sums: ReadonlyMap<number, number>) => Math.max(0, ...sums.values());
