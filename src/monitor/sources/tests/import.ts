import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Database } from '../../store/driver.ts';
import { readNamed } from '../named.ts';
import type { Tally } from '../tally.ts';
import { eventsOfRun, suitesOf } from './events.ts';
import { readTestReport } from './read.ts';
import type { TestReport } from './report.ts';

/** At most this number of suites, of all projects together, have their own series. The store can have four times as many series. */
const MOST_SUITES = 5000;

export type TestImport = {
  /** The folder of the project that the tests belong to. */
  folder: string;
  commit: string | null;
  now: number;
  db: Database;
};

/** A test run. `written`: when the run's last report file was written, ms since 1970. */
type Run = { report: TestReport; texts: string[]; written: number };

/**
 * Reads test reports. `folder`: the folder of the project that the reports belong to. Maven writes one file for each class, so all files of
 * Maven form one run. Every file of another framework is one run. @throws monitor_import_refused
 */
export function readReports(files: readonly string[], folder: string): Run[] {
  const runs: Run[] = [];
  const read = readNamed(files, (file) => {
    const path = resolve(folder, file);
    return { ...readTestReport(path, folder), written: statSync(path).mtimeMs };
  });
  for (const { report, text, written } of read) joined(runs, { report, texts: [text], written });
  return runs;
}

export function importTests(
  runs: readonly Run[],
  { folder, commit, now, db }: TestImport,
  { take }: Pick<Tally, 'take'>,
): void {
  // Two projects can have the same name. The name of the parent folder is added, so that most projects have different names.
  const project = join(basename(dirname(folder)), basename(folder));
  const known = new Set(db.all(`SELECT name FROM series WHERE kind = 'test'`).map(({ name }) => String(name)));
  for (const { report, texts, written } of runs) {
    for (const name of suitesOf(report, project)) if (known.size < MOST_SUITES) known.add(name);
    const ended = report.began === null ? written : report.began + report.wall_ms;
    const hash = createHash('sha256').update(texts.toSorted().join('\0')).digest('hex');
    const t = Math.round(Math.min(ended, now));
    take(eventsOfRun(report, { project, commit, t, identity: `${folder} ${hash}`, isOwn: (name) => known.has(name) }));
  }
}

function joined(runs: Run[], run: Run): void {
  const before = run.report.framework === 'maven' ? runs.find(({ report }) => report.framework === 'maven') : undefined;
  if (!before) {
    runs.push(run);
    return;
  }
  const [a, b] = [before.report, run.report];
  before.report = {
    framework: 'maven',
    began: a.began === null || b.began === null ? (a.began ?? b.began) : Math.min(a.began, b.began),
    wall_ms: a.wall_ms + b.wall_ms,
    time: 'sum',
    cases: [...a.cases, ...b.cases],
  };
  before.texts.push(...run.texts);
  before.written = Math.max(before.written, run.written);
}
