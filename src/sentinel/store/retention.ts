import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOld } from './day.ts';

/** The number of days for which files are kept. For sessions, the setting `metrics.retention_days` applies. Baselines are kept for ever. */
export const retention = { audits: 90, benchmarks: 90, objects: 90 } as const;

/** For each folder, the pattern of the names of its entries. The names contain the day. */
export const named = {
  sessions: /^(\d{4}-\d\d-\d\d)$/,
  audits: /^(\d{4}-\d\d-\d\d)\.json$/,
  benchmarks: /^hooks-(\d{4}-\d\d-\d\d)\.json$/,
} as const;

/** The paths of the entries of a folder, if the day in the name is more than `kept` days in the past. `now`: ISO 8601. */
export const oldIn = (folder: string, name: RegExp, kept: number, now: string): string[] =>
  entriesOf(folder)
    .filter((entry) => isOld(name.exec(entry)?.[1] ?? '', kept, now))
    .map((entry) => join(folder, entry));

/** The names in a folder. Empty if the folder is missing or is a link. */
export const entriesOf = (folder: string): string[] =>
  lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
