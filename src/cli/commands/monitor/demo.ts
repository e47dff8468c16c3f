import { tmpdir } from 'node:os';
import { exit } from '../../../core/errors.ts';
import { remove, temporaryDir } from '../../../core/fs.ts';
import { lookForCases } from '../../../monitor/analytics/known-cases.ts';
import { configSchema } from '../../../monitor/config/schema.ts';
import { DAYS, inventedMonth } from '../../../monitor/demo/month.ts';
import { monitorPaths } from '../../../monitor/home.ts';
import { periodReport } from '../../../monitor/report/from-store.ts';
import { periodMarkdown } from '../../../monitor/report/markdown.ts';
import { casesIn } from '../../../monitor/store/cases.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { holdingsOf } from '../../../monitor/store/read.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { casesText } from '../../../monitor/text/analytics.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';

export const command = define({
  name: 'monitor demo',
  group: 'look',
  summary: 'look at four invented weeks of sessions, in a store of its own',
  detail:
    'In it one hook became slower, one day was busy, and one test fails now and then. The report is that of the last week: a change point needs the three before it. Nothing of yours is read or changed. The store stays, so that the other commands can be tried on it, unless --once is given.',
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
      lookForCases(db, now);
      const cases = casesIn(db).map((one) => ({ ...one, verdict: one.state }));
      const report = periodMarkdown(
        periodReport(db, 'weekly', new Date(now).toISOString().slice(0, 10), configSchema.parse({})),
      );
      const shown = { events: stored, series, cases, alerts: [], report, home: once ? null : home };
      if (tools.json) tools.out(JSON.stringify(shown));
      else
        tools.out(
          [
            `${DAYS} invented days: ${stored} events in ${series} series. What got slower in them:\n\n${casesText(cases, series, lookOf(tools))}\n`,
            report,
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
