import type { Profile } from '../model.ts';
import type { Share } from './attribute.ts';

/**
 * Facts of a profile about a place in addition to its cost, from which techniques are proposed. Percentages are of the profile's total;
 * unknown and tiny values are left out.
 */
export type Signs = {
  /** How often it was called. Unknown if the profiler took samples. */
  calls?: number;
  /** How many functions of the project called it, and the share of the one that called it most. */
  callers?: number;
  main_caller_pct?: number;
  /** Garbage collection, and code of packages, on its behalf. */
  gc_pct?: number;
  dependency_pct?: number;
  /** Its most expensive line. */
  line_pct?: number;
  /** It allocates: the profile counts bytes of memory. */
  allocates?: true;
  /** It is no code: the program waited. Only `src/plan` makes such places. */
  waits?: true;
};

/** Formats whose bytes are memory. In formats of bundles, bytes are code. */
const memory = /\b(heapprofile|massif|pprof|speedscope|collapsed)\b/;

/** In per cent: smaller shares are left out. */
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
