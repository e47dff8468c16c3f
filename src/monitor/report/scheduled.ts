import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDir, removeFile, writeWhole } from '../../core/fs.ts';
import { DAY, dayName, daysBefore } from '../../core/time.ts';
import type { MonitorConfig } from '../config/schema.ts';
import type { Database } from '../store/driver.ts';
import { sessionsIn } from '../store/read.ts';
import { periodReport } from './from-store.ts';
import { periodHtml } from './html.ts';
import { periodMarkdown } from './markdown.ts';
import type { PeriodReport } from './period.ts';

type Schedule = {
  period: PeriodReport['period'];
  days: number;
  /** After a pause of the service, reports are written for at most this number of past periods. */
  behind: number;
  /** The number of reports that are kept. The number is higher than `behind`, so that no deleted report is written again. */
  kept: number;
  when: (reporting: MonitorConfig['reporting']) => boolean;
  /** Returns the last day of the newest finished period. `today`: the present day in UTC. */
  last: (today: string) => string;
};

/** A week ends on Sunday. */
const schedules: readonly Schedule[] = [
  {
    period: 'daily',
    days: 1,
    behind: 7,
    kept: 60,
    when: (reporting) => reporting.daily_reports,
    last: (today) => daysBefore(today, 1),
  },
  {
    period: 'weekly',
    days: 7,
    behind: 4,
    kept: 53,
    when: (reporting) => reporting.weekly_summaries,
    last: (today) => daysBefore(today, new Date(today).getUTCDay() || 7),
  },
];

/** A due report. `to`: the last day of the report. */
type Due = Pick<Schedule, 'period'> & { to: string };

type Place = { folder: string; config: Pick<MonitorConfig, 'reporting' | 'analytics'>; now: number };

/**
 * Writes the oldest due report, as Markdown and HTML, and deletes surplus old reports. Only one report is written per call, so that the
 * service can receive telemetry in between. Returns null if no report was due.
 */
export function writeOneDue(db: Database, { folder, config, now }: Place): Due | null {
  const due = dueOf(db, { folder, config, now })[0];
  if (!due) return null;
  const report = periodReport(db, due.period, due.to, config);
  makeDir(folder, 0o700);
  // the Markdown file is written last, because its existence means that the report is complete
  writeWhole(join(folder, nameOf(due, 'html')), periodHtml(report));
  writeWhole(join(folder, nameOf(due, 'md')), periodMarkdown(report));
  for (const { period, kept } of schedules) dropOld(folder, period, kept);
  return due;
}

/** The due reports: the finished periods that have at least one session and no report yet. */
const dueOf = (db: Database, { folder, config, now }: Place): Due[] =>
  schedules
    .filter(({ when }) => when(config.reporting))
    .flatMap(({ period, days, behind, last }) => {
      const newest = last(dayName(now));
      return Array.from({ length: behind }, (_, i) => daysBefore(newest, days * (behind - 1 - i)))
        .filter((to) => !existsSync(join(folder, nameOf({ period, to }, 'md'))))
        .filter((to) => sessionsIn(db, { since: Date.parse(to) - (days - 1) * DAY, until: Date.parse(to) + DAY }) > 0)
        .map((to) => ({ period, to }));
    });

const nameOf = ({ period, to }: Due, ending: string) => `${period}-${to}.${ending}`;

function dropOld(folder: string, period: string, kept: number): void {
  const own = new RegExp(`^${period}-\\d{4}-\\d\\d-\\d\\d\\.(md|html)$`);
  const files = readdirSync(folder).filter((name) => own.test(name));
  const periods = [...new Set(files.map((name) => name.slice(0, name.lastIndexOf('.'))))].sort();
  const old = new Set(periods.slice(0, -kept));
  for (const name of files) if (old.has(name.slice(0, name.lastIndexOf('.')))) removeFile(join(folder, name));
}
