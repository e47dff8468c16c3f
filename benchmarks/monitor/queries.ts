import { DAY, daysBefore } from '../../src/core/time.ts';
import { seriesFrom } from '../../src/monitor/analytics/from-days.ts';
import { casesOver } from '../../src/monitor/analytics/replay.ts';
import { changePoint } from '../../src/monitor/analytics/shift.ts';
import { trendOf } from '../../src/monitor/analytics/trends.ts';
import { configSchema } from '../../src/monitor/config/schema.ts';
import { periodReport } from '../../src/monitor/report/from-store.ts';
import { timesIn } from '../../src/monitor/rows.ts';
import { openForReading } from '../../src/monitor/store/open.ts';
import { daysIn } from '../../src/monitor/store/read.ts';
import { median } from '../../src/stats/robust.ts';

// Queries a store for the last 30 days, as the commands do, and prints the medians in ms as JSON: `queries.ts FILE UNTIL`. It is a separate
// program, so that each version of Node can run it with its own database driver.

const ROUNDS = 7;
const [file = '', until = ''] = process.argv.slice(2);
const db = (await openForReading(file))!;
const span = { since: Number(until) - 30 * DAY, until: Number(until) };
const config = configSchema.parse({});
const today = new Date(span.until - 1).toISOString().slice(0, 10);

const queries = {
  top: () => timesIn(db, span, ['model', 'tool', 'permission', 'hook_event', 'agent', 'turn']),
  hooks: () => timesIn(db, span, ['hook_event', 'hook']),
  tools: () => timesIn(db, span, ['tool', 'permission']),
  trends: () => seriesFrom(daysIn(db, span)).map(trendOf),
  regressions: () => {
    const [first, behind] = [daysBefore(today, 29), Date.parse(daysBefore(today, 74))];
    return casesOver(seriesFrom(daysIn(db, { since: behind, until: span.until })), [first, today], changePoint);
  },
  report: () => periodReport(db, 'weekly', today, config),
};

const ms = Object.entries(queries).map(([name, query]) => {
  const taken = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    query();
    return performance.now() - began;
  });
  return [name, median(taken)] as const;
});
process.stdout.write(JSON.stringify({ driver: db.driver, ms: Object.fromEntries(ms) }));
