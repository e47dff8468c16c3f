/** The most streams, more than the sessions of several days have; beyond it, the least recently updated ones are dropped. */
const MOST = 2000;

/** Converts totals to differences. A stream is one counter with its attributes in one session. `begin` starts a new body. */
export type Totals = { begin(): Counting };

/** Converts the totals of one body. */
export type Counting = {
  /**
   * The growth of a stream since its last point. `started`: the sender's start time of the counter. Another start time or a smaller total
   * means that the counter was reset. Null for the first point of a stream, because it is unknown how much of it was counted before.
   */
  grown(stream: string, started: string, total: number): number | null;
  /** Reports whether the differences were stored. If not, the next difference is relative to the point before them. */
  end(stored: boolean): void;
};

/** The newest point of a stream, with the one before it until the newest is known to be stored. */
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
