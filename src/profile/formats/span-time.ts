/** Something that ran from one moment to another, inside of what `parent` (an index) stands for; -1 at the top. In milliseconds. */
export type Timed = { parent: number; start: number; end: number };

/**
 * What each span took for itself, in milliseconds: at every moment the time goes to the innermost spans that are open, in equal parts
 * where several run side by side. So the sum is the time in which anything was open, and making a span free saves its part at most.
 */
export function ownTimes(spans: readonly Timed[]): number[] {
  const own = spans.map(() => 0);
  const since = spans.map(() => 0);
  const isOpen = spans.map(() => false);
  /** How many spans directly inside of it are open. */
  const inside = spans.map(() => 0);
  /** How many share the time now, and what one that had shared it from the beginning would have got. */
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

/** At one moment what opens comes before what closes, so that a span of no length closes after it opened. */
function events(spans: readonly Timed[]) {
  const all = spans.flatMap(({ start, end }, at) => [
    { moment: start, at, opens: true },
    { moment: Math.max(start, end), at, opens: false },
  ]);
  return all.sort((a, b) => a.moment - b.moment || Number(b.opens) - Number(a.opens));
}
