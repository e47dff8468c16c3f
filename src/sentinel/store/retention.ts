import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOld } from './day.ts';

/** For how many days things are kept. Sessions: `metrics.retention_days`. Baselines are kept for ever. */
export const retention = { audits: 90, benchmarks: 90, objects: 90 } as const;

/** How the entries of each folder are called, with their day. */
export const named = {
  sessions: /^(\d{4}-\d\d-\d\d)$/,
  audits: /^(\d{4}-\d\d-\d\d)\.json$/,
  benchmarks: /^hooks-(\d{4}-\d\d-\d\d)\.json$/,
} as const;

/** The entries of a folder whose day is more than `kept` days ago, as paths. `now`: ISO 8601. */
export const oldIn = (folder: string, name: RegExp, kept: number, now: string): string[] =>
  entriesOf(folder)
    .filter((entry) => isOld(name.exec(entry)?.[1] ?? '', kept, now))
    .map((entry) => join(folder, entry));

/** The names in a folder; none where it is missing, or no folder itself: a link leads elsewhere. */
export const entriesOf = (folder: string): string[] =>
  lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
