/** A pause, in which nothing ran, that is cut out of the picture. `at`: its position on the scale without pauses. */
export type Pause = { at: number; ms: number };

/** A time scale without long pauses. */
export type Scale = { of: (t: number) => number; length: number; pauses: readonly Pause[] };

/** The least length of a pause that is cut out, in ms. */
const LEAST_MS = 20_000;
/** The length of a cut pause in the picture, as a share of the time in which something ran. */
const LEFT = 0.012;

/** The time scale for parts with times in ms; `parts` has at least one. `cut`: whether to cut out long pauses. */
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
