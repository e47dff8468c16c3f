import { dayName, WEEK } from '../../core/time.ts';
import { rulesOf } from '../alerts/own-rules.ts';
import { lookForCases } from '../analytics/known-cases.ts';
import { configSchema } from '../config/schema.ts';
import { makeHome, monitorPaths } from '../home.ts';
import { periodReport } from '../report/from-store.ts';
import { periodMarkdown } from '../report/markdown.ts';
import { addBench } from '../store/bench.ts';
import { casesIn } from '../store/cases.ts';
import { openStore } from '../store/open.ts';
import { holdingsOf } from '../store/read.ts';
import { writerOf } from '../store/write.ts';
import { inventedBenchmarks } from './benchmarks.ts';
import { inventedMonth } from './month.ts';
import { raisedIn, replay } from './replayed.ts';

/** The number of events that are written in one transaction. */
const BATCH = 2000;

/** Fills a separate store with the invented month up to `now` (ms since 1970), and returns what the monitor finds in it. */
export async function filledDemo(home: string, seed: string, now: number) {
  makeHome(home);
  const paths = monitorPaths(home);
  const db = await openStore(paths.database);
  try {
    const events = inventedMonth(seed, now);
    const writer = writerOf(db, { compress: true });
    for (let at = 0; at < events.length; at += BATCH) writer.add(events.slice(at, at + BATCH), 0);
    addBench(db, inventedBenchmarks(seed, now));
    lookForCases(db, now);
    const config = configSchema.parse({});
    const rules = rulesOf(config.alerting);
    const week = { rules, since: now - WEEK, until: now, file: paths.alerts };
    const quiets = new Map();
    replay(db, week, quiets);
    const alerts = raisedIn(db, week, quiets);
    const report = periodMarkdown(periodReport(db, 'weekly', dayName(now), config));
    return { ...holdingsOf(db), cases: casesIn(db), alerts, report };
  } finally {
    db.close();
  }
}
