import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { MonitorEvent } from '../../event.ts';
import type { Database } from '../../store/driver.ts';
import type { Added } from '../../store/write.ts';
import type { Imported } from '../import.ts';
import { eventsOfRun, suitesOf } from './events.ts';
import { readTestReport } from './read.ts';
import type { TestReport } from './report.ts';

/** Suites with a series of their own, of all projects: a quarter of what the store holds. */
const MOST_SUITES = 5000;

export type TestImport = {
  /** Of the project whose tests they are. */
  folder: string;
  commit: string | null;
  now: number;
  db: Database;
  add: (events: readonly MonitorEvent[]) => Added;
};

type Run = { report: TestReport; texts: string[]; written: number };

/** Reads reports of tests. Maven's, which has a file for each class, are one run together; every other file is a run. */
export function importTests(files: readonly string[], { folder, commit, now, db, add }: TestImport): Imported {
  const sum: Imported = { files: 0, added: 0, improved: 0, known: 0, too_old: 0, foreign_lines: 0, unreadable: [] };
  const runs: Run[] = [];
  for (const file of files) {
    try {
      const path = resolve(folder, file);
      const { report, text } = readTestReport(path, folder);
      joined(runs, { report, texts: [text], written: statSync(path).mtimeMs });
      sum.files++;
    } catch (error) {
      sum.unreadable.push({ file, reason: (error as Error).message });
    }
  }
  const project = basename(folder);
  const known = new Set(db.all(`SELECT name FROM series WHERE kind = 'test'`).map(({ name }) => String(name)));
  for (const { report, texts, written } of runs) {
    for (const name of suitesOf(report, project)) if (known.size < MOST_SUITES) known.add(name);
    const ended = report.began === null ? written : report.began + report.wall_ms;
    const hash = createHash('sha256').update(texts.toSorted().join('\0')).digest('hex');
    const t = Math.round(Math.min(ended, now));
    const added = add(
      eventsOfRun(report, { project, commit, t, identity: `${project} ${hash}`, isOwn: (name) => known.has(name) }),
    );
    for (const key of ['added', 'improved', 'known', 'too_old'] as const) sum[key] += added[key];
  }
  return sum;
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
    cases: [...a.cases, ...b.cases],
  };
  before.texts.push(...run.texts);
  before.written = Math.max(before.written, run.written);
}
