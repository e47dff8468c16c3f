/**
 * At most this number of streams are remembered. A stream is one counter with its attributes in one session. Even the sessions of several
 * days have fewer streams. If there are more, the least recently updated streams are forgotten.
 */
const MOST = 2000;

/** Converts totals to differences. `begin` is called for each new body of a request. */
export type Totals = { begin(): Counting };

/** Converts the totals in the body of one request to the growth since the request before. */
export type Counting = {
  /**
   * Returns the growth of a stream since its last point. `started`: the sender's start time of the counter. A different start time or a
   * smaller total means that the counter was reset. The result is null for the first point of a stream, because the previous total is
   * unknown.
   */
  grown(stream: string, started: string, total: number): number | null;
  /**
   * Must be called after each body. `stored`: whether the differences were stored. If the differences were not stored, the next difference
   * is relative to the last stored point.
   */
  end(stored: boolean): void;
};

/** The newest point of a stream. `before`: the previous point, which is kept until the newest point is stored. */
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
