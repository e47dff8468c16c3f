import { HOUR } from '../../../core/time.ts';
import type { MonitorConfig } from '../../config/schema.ts';
import type { LiveClient } from '../../resources/watch.ts';
import type { LiveRun } from '../../runs/live.ts';
import type { Database } from '../../store/driver.ts';
import type { Span } from '../../store/read.ts';

/** The input of a view. `now`: ms since 1970. */
export type Seen = {
  db: Database;
  config: MonitorConfig;
  /** The data folder of the monitor. */
  home: string;
  now: number;
  /** Returns the runs of perf-gate that are active or ended recently. */
  runs: () => LiveRun[];
  clients: () => LiveClient[];
  /** The query of the requested URL. It is untrusted. */
  query: URLSearchParams;
};

/** A view of the page: reads the store and returns a value for JSON. */
export type View = (seen: Seen) => unknown;

const MOST_HOURS = 400 * 24;

/** The time span that ends now and has the number of hours in `?hours=`. The default is a week. */
export function spanOf({ now, query }: Pick<Seen, 'now' | 'query'>): Span {
  const hours = Number(query.get('hours') ?? 168);
  const back = hours >= 1 && hours <= MOST_HOURS ? hours : 168;
  return { since: now - back * HOUR, until: now + 1 };
}

/** The time step of a chart, in ms. It is chosen so that the chart has about 25 to 60 columns. Steps are whole hours or days (UTC). */
export function stepOf({ since, until }: Span): number {
  const hours = (until - since) / HOUR;
  return HOUR * (hours <= 50 ? 1 : hours <= 200 ? 3 : 24 * Math.max(1, Math.round(hours / 24 / 60)));
}
