import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { writeOneDue } from '../../../src/monitor/report/scheduled.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { folder as folderWith } from '../../helpers/folder.ts';
import { DAY, event, noon } from '../events.ts';
import { store } from '../store/drivers.ts';

/** Sessions on three days, the first two in the same week. Noon is that of 2026-03-04, a Wednesday. */
async function filled() {
  const db = await store();
  const at = (days: number) => event(`${days}`, { t: noon - days * DAY, session: `s${days}` });
  writerOf(db, { compress: true }).add([at(0), at(1), at(4)], 0);
  return db;
}

const off = { performance_trends: false, weekly_summaries: false };

it('each finished day and week has one report, also after a pause of the service', async () => {
  const [db, folder] = [await filled(), join(folderWith(), 'reports')];
  const write = (now: number) => writeOneDue(db, { folder, config: configSchema.parse({}), now });
  const due = [write(noon + DAY), write(noon + DAY), write(noon + DAY), write(noon + DAY), write(noon + DAY)];
  expect(due).toEqual([
    { period: 'daily', to: '2026-02-28' },
    { period: 'daily', to: '2026-03-03' },
    { period: 'daily', to: '2026-03-04' },
    { period: 'weekly', to: '2026-03-01' },
    null,
  ]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.html'))).toHaveLength(4);
  expect(readFileSync(join(folder, 'daily-2026-03-04.md'), 'utf8')).toMatch(/^# The day 2026/);
});

it('the configuration can disable reports and their sections', async () => {
  const [db, folder] = [await filled(), join(folderWith(), 'reports')];
  const analytics = { regression_detection: false, bottleneck_detection: false };
  const config = configSchema.parse({ reporting: off, analytics });
  expect(writeOneDue(db, { folder, config, now: noon })).toEqual({ period: 'daily', to: '2026-02-28' });
  expect(writeOneDue(db, { folder, config, now: noon })).toEqual({ period: 'daily', to: '2026-03-03' });
  expect(writeOneDue(db, { folder, config, now: noon })).toBeNull();
  const text = readFileSync(join(folder, 'daily-2026-03-03.md'), 'utf8');
  expect(text).toContain('## Hooks');
  expect(text).not.toMatch(/## (Trends|Slowdowns|What turns waited for)/);
});
