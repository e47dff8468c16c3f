import { tmpdir } from 'node:os';
import { exit } from '../../../core/errors.ts';
import { remove, temporaryDir } from '../../../core/fs.ts';
import { seriesFrom } from '../../../monitor/analytics/from-days.ts';
import { casesOver } from '../../../monitor/analytics/replay.ts';
import { changePoint } from '../../../monitor/analytics/shift.ts';
import { DAYS, inventedMonth } from '../../../monitor/demo/month.ts';
import { monitorPaths } from '../../../monitor/home.ts';
import { timesIn } from '../../../monitor/rows.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { daysIn, holdingsOf } from '../../../monitor/store/read.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { casesText } from '../../../monitor/text/analytics.ts';
import { timesText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';

export const command = define({
  name: 'monitor demo',
  group: 'look',
  summary: 'look at an invented month of sessions, in a store of its own',
  detail:
    'In it one hook became slower, one day was busy, and one test fails now and then. Nothing of yours is read or changed. The store stays, so that the other commands can be tried on it, unless --once is given.',
  example: 'perf-gate monitor demo --once --json',
  options: {
    '--once': flag('remove the store at the end'),
    '--seed <text>': text('another month'),
  },
  silent: true,
  async run({ once, seed = '1' }, tools) {
    const home = temporaryDir(tmpdir(), 'perf-gate-monitor-demo-');
    const now = Date.parse(tools.clock.now());
    const db = await openStore(monitorPaths(home).database);
    try {
      const events = inventedMonth(seed, now);
      for (let at = 0; at < events.length; at += BATCH)
        writerOf(db, { compress: true }).add(events.slice(at, at + BATCH), 0);
      const { events: stored, series } = holdingsOf(db);
      const report = timesIn(db, { since: now - 7 * 86_400_000, until: now + 1 }, ['hook_event', 'hook']);
      const days = seriesFrom(daysIn(db, { since: now - DAYS * 86_400_000, until: now + 1 }));
      const [first, today] = [now - (DAYS - 1) * 86_400_000, now].map((t) => new Date(t).toISOString().slice(0, 10));
      const cases = casesOver(days, [first!, today!], changePoint);
      const shown = { events: stored, series, cases, alerts: [], report, home: once ? null : home };
      if (tools.json) tools.out(JSON.stringify(shown));
      else
        tools.out(
          [
            `${DAYS} invented days: ${stored} events in ${series} series. The last week of their hooks:\n`,
            timesText(report, 10, lookOf(tools)),
            `\nWhat got slower:\n\n${casesText(cases, days.length, lookOf(tools))}`,
            ...(once ? [] : [`\nLook around: PERF_GATE_MONITOR_HOME=${home} perf-gate monitor top`]),
          ].join('\n'),
        );
      return exit.done;
    } finally {
      db.close();
      if (once) remove(home);
    }
  },
});

/** Events in one transaction. */
const BATCH = 2000;
