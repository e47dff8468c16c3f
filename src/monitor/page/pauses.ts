/** A time without activity that is cut out of the picture. `at`: the position of the cut on the shortened scale. `ms`: the real length. */
export type Pause = { at: number; ms: number };

/** A time scale without long pauses. `of` converts a time to a position on the scale. */
export type Scale = { of: (t: number) => number; length: number; pauses: readonly Pause[] };

/** The longest pause that is not cut out, in ms. */
const LEAST_MS = 20_000;
/** The width at which each cut pause is drawn, as a share of the total length without the cut pauses. */
const LEFT = 0.012;

/** The time scale for activities. `parts`: at least one activity, with times in ms. `cut`: whether to cut out long pauses. */
export function scaleOf(parts: readonly { start: number; end: number }[], cut: boolean): Scale {
  const sorted = [...parts].sort((a, b) => a.start - b.start);
  const first = sorted[0]!.start;
  const gaps: { start: number; end: number }[] = [];
  let end = first;
  for (const part of sorted) {
    if (cut && part.start - end > LEAST_MS) gaps.push({ start: end, end: part.start });
    end = Math.max(end, part.end);
  }
  const busy = end - first - gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);
  const left = LEFT * busy;
  const of = (t: number) => {
    let at = t - first;
    for (const gap of gaps) {
      if (gap.start >= t) break;
      at -= Math.max(0, Math.min(t, gap.end) - gap.start - left);
    }
    return at;
  };
  return {
    of,
    length: of(end),
    pauses: gaps.map((gap) => ({ at: of(gap.start), ms: gap.end - gap.start })),
  };
}
