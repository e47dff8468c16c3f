import { criticalPath, lengthWithout, type Span, type SpanKind, type Turn } from './turn.ts';

/** The time that turns spent waiting, by kind of activity and by name. Times are sums over all turns, in milliseconds. */
export type Bottlenecks = {
  turns: number;
  total_ms: number;
  /** The time of turns in which no activity was recorded. */
  unknown_ms: number;
  kinds: (Part & { kind: SpanKind })[];
  items: (Part & { kind: SpanKind; name: string; plugin: string | null })[];
};

/**
 * A group of activities with the same kind or the same name, and the time that turns spent waiting for them. If an activity runs in
 * parallel with others, making the activity faster saves less than its whole duration.
 */
type Part = {
  /** Number of turns that have these activities on their critical path. */
  turns: number;
  path_ms: number;
  share_pct: number;
  /**
   * The time that turns would save if these activities took no time (Amdahl's law). This is the most that can be saved by making only these
   * activities faster.
   */
  saved_ms: number;
  ceiling_pct: number;
};

/** The activities that turns waited for, by kind and by name, the largest possible saving first. */
export function bottlenecksOf(turns: readonly Turn[]): Bottlenecks {
  const total = turns.reduce((sum, turn) => sum + turn.end - turn.start, 0);
  const kinds = new Map<string, Sum>();
  const items = new Map<string, Sum>();
  let unknown = 0;
  for (const turn of turns) {
    const path = criticalPath(turn);
    for (const { span, ms } of path) if (!span) unknown += ms;
    const seen = path.flatMap(({ span, ms }) => (span ? [{ span, ms }] : []));
    addTurn(kinds, turn, seen, (span) => span.kind);
    addTurn(items, turn, seen, (span) => JSON.stringify([span.kind, span.plugin, span.name]));
  }
  const rows = (sums: Map<string, Sum>) => [...sums.values()].sort((a, b) => b.saved - a.saved || b.path - a.path);
  return {
    turns: turns.length,
    total_ms: total,
    unknown_ms: unknown,
    kinds: rows(kinds).map((sum) => ({ kind: sum.of.kind, ...partOf(sum, total) })),
    items: rows(items).map((sum) => {
      const { kind, name, plugin } = sum.of;
      return { kind, name, plugin, ...partOf(sum, total) };
    }),
  };
}

type Sum = { of: Span; turns: number; path: number; saved: number };

/**
 * Adds the times of one turn to `sums`. The times of spans for which `keyOf` returns the same key are added up. Only spans on the critical
 * path are added, because making other spans faster saves no time.
 */
function addTurn(
  sums: Map<string, Sum>,
  turn: Turn,
  seen: { span: Span; ms: number }[],
  keyOf: (span: Span) => string,
) {
  const length = turn.end - turn.start;
  for (const key of new Set(seen.map(({ span }) => keyOf(span)))) {
    const own = seen.filter(({ span }) => keyOf(span) === key);
    const sum = sums.get(key) ?? { of: own[0]!.span, turns: 0, path: 0, saved: 0 };
    sum.turns++;
    sum.path += own.reduce((ms, part) => ms + part.ms, 0);
    sum.saved += length - lengthWithout(turn, (span) => keyOf(span) === key);
    sums.set(key, sum);
  }
}

const partOf = ({ turns, path, saved }: Sum, total: number): Part => ({
  turns,
  path_ms: path,
  share_pct: total > 0 ? (100 * path) / total : 0,
  saved_ms: saved,
  ceiling_pct: total > 0 ? (100 * saved) / total : 0,
});
