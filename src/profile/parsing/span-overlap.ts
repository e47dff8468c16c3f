/** A span from one moment to another, in milliseconds. `parent`: the index of the span that contains this one, or -1 at the top. */
export type Timed = { parent: number; start: number; end: number };

/**
 * The own time of each span, in milliseconds. At every moment, the time counts for the innermost open spans, in equal parts if several run
 * in parallel. So the sum of own times is the time in which any span was open. Removing a span saves at most its own time.
 */
export function ownTimes(spans: readonly Timed[]): number[] {
  const own = spans.map(() => 0);
  const since = spans.map(() => 0);
  const isOpen = spans.map(() => false);
  /** For each span, how many of its children are open. */
  const inside = spans.map(() => 0);
  /**
   * `sharing`: how many innermost spans are open now and share the time equally. `dealt`: the time in ms that one such span gets, added up
   * since the start. A span's own time is the increase of `dealt` while the span is innermost.
   */
  let sharing = 0;
  let dealt = 0;
  const joins = (at: number) => {
    since[at] = dealt;
    sharing++;
  };
  const leaves = (at: number) => {
    own[at]! += dealt - since[at]!;
    sharing--;
  };
  let last = 0;
  for (const { moment, at, opens } of events(spans)) {
    if (sharing > 0) dealt += (moment - last) / sharing;
    last = moment;
    const { parent } = spans[at]!;
    if (inside[at] === 0) (opens ? joins : leaves)(at);
    isOpen[at] = opens;
    if (parent === -1) continue;
    inside[parent]! += opens ? 1 : -1;
    if (!isOpen[parent]) continue;
    if (opens && inside[parent] === 1) leaves(parent);
    if (!opens && inside[parent] === 0) joins(parent);
  }
  return own;
}

/**
 * The moments at which spans open and close, in order. At equal moments, opening comes first, so that an empty span opens before it closes.
 */
function events(spans: readonly Timed[]) {
  const all = spans.flatMap(({ start, end }, at) => [
    { moment: start, at, opens: true },
    { moment: Math.max(start, end), at, opens: false },
  ]);
  return all.sort((a, b) => a.moment - b.moment || Number(b.opens) - Number(a.opens));
}
