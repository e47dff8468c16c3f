/** A time in which nothing ran, and where it is cut in the picture. `at`: on the scale without pauses. */
export type Pause = { at: number; ms: number };

/** A scale of time from which long pauses are taken. */
export type Scale = { of: (t: number) => number; length: number; pauses: readonly Pause[] };

/** Shorter pauses stay. */
const LEAST_MS = 20_000;
/** What is left of a pause, as a share of the time in which something ran. */
const LEFT = 0.012;

/** `parts`: at least one; ms. */
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
