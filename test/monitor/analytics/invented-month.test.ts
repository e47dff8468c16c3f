import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY, daysBefore } from '../../../src/core/time.ts';
import { seriesFrom } from '../../../src/monitor/analytics/from-days.ts';
import { casesOver } from '../../../src/monitor/analytics/replay.ts';
import { changePoint } from '../../../src/monitor/analytics/shift.ts';
import { DAYS, inventedMonth, regression } from '../../../src/monitor/demo/month.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { daysIn } from '../../../src/monitor/store/read.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const until = Date.parse('2026-11-29T23:00:00Z');
const today = '2026-11-29';

test.each(['1', '2'])(
  'in the stored month %s, the regression opens cases, and the busy day opens none',
  async (seed) => {
    const db = await openStore(join(temporaryFolder('perf-gate-month-'), 'monitor.db'));
    try {
      writerOf(db, { compress: true }).add(inventedMonth(seed, until), 0);
      const series = seriesFrom(daysIn(db, { since: until - DAYS * DAY, until }));
      const cases = casesOver(series, [daysBefore(today, DAYS - 1), today], changePoint);
      const [event, script] = regression.hook.split(' ');
      expect(cases.map(({ handler }) => handler).sort()).toEqual([event, `${event} ${script}`]);
      const rose = daysBefore(today, DAYS - 1 - regression.day);
      for (const one of cases) {
        expect(one.state).toBe('open');
        expect([daysBefore(rose, 1), rose, daysBefore(rose, -1)]).toContain(one.since);
        expect(one.opened <= daysBefore(rose, -5)).toBe(true);
        expect(one.shift_pct).toBeGreaterThan(35);
      }
      const hook = cases.find(({ plugin }) => plugin === regression.plugin)!;
      expect(hook.changed.handler).toEqual({ from: 'a1b3', to: 'f2a4' });
    } finally {
      db.close();
    }
  },
);
