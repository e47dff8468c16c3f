/** More streams than the sessions of some days have: those that were silent the longest are forgotten. */
const MOST = 2000;

/** Turns totals into differences. A stream is one counter with its attributes, of one session. Each body is counted by itself. */
export type Totals = { begin(): Counting };

/** What the totals of one body come to. */
export type Counting = {
  /**
   * By how much a stream grew since its last point. `started`: when its counting began, as the sender says; another beginning, or a smaller total, is a
   * counter that began anew. Null for the first point of a stream: nobody knows how much of it was counted before.
   */
  grown(stream: string, started: string, total: number): number | null;
  /** The differences are on disk, or lost: then what comes next counts from where the stream stood before them. */
  end(stored: boolean): void;
};

/** The newest point of a stream, and the one before it until it is known that this one is on disk. */
type Point = { started: string; total: number; before: Point | undefined; lost: boolean };

function lastKept(newest: Point | undefined): Point | undefined {
  let point = newest;
  while (point?.lost) point = point.before;
  return point;
}

export function totalsOf(): Totals {
  const known = new Map<string, Point>();
  return {
    begin() {
      const own: Point[] = [];
      return {
        grown(stream, started, total) {
          const last = lastKept(known.get(stream));
          const point = { started, total, before: last, lost: false };
          own.push(point);
          known.delete(stream);
          known.set(stream, point);
          if (known.size > MOST) known.delete(known.keys().next().value!);
          if (!last) return null;
          return last.started === started && total >= last.total ? total - last.total : total;
        },
        end(stored) {
          for (const point of own)
            if (stored) point.before = undefined;
            else point.lost = true;
        },
      };
    },
  };
}
