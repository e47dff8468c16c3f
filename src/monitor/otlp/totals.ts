/** More streams than the sessions of some days have: those that were silent the longest are forgotten. */
const MOST = 2000;

/** Turns totals into differences. A stream is one counter with its attributes, of one session. */
export type Totals = {
  /**
   * By how much a stream grew since its last point. `started`: when its counting began, as the sender says; another beginning, or a smaller total, is a
   * counter that began anew. Null for the first point of a stream: nobody knows how much of it was counted before.
   */
  grown(stream: string, started: string, total: number): number | null;
};

export function totalsOf(): Totals {
  const known = new Map<string, { started: string; total: number }>();
  return {
    grown(stream, started, total) {
      const last = known.get(stream);
      known.delete(stream);
      known.set(stream, { started, total });
      if (known.size > MOST) known.delete(known.keys().next().value!);
      if (!last) return null;
      return last.started === started && total >= last.total ? total - last.total : total;
    },
  };
}
