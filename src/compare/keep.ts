import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeArtifact } from '../artifact/artifact.ts';
import { keepOutOfGit, refuseLinks } from '../artifact/own-folders.ts';
import { comparisonPaths, runId, runLock, runPaths, slug } from '../artifact/paths.ts';
import type { Redact } from '../artifact/redact.ts';
import { isFailure } from '../core/errors.ts';
import { makeDir, move, remove, temporaryDir, writeDurable } from '../core/fs.ts';
import { sweepFoldersIn } from '../core/temporary-files.ts';
import type { Comparison } from '../record/comparison.ts';
import { nextComparison } from '../record/runs.ts';
import { comparisonMarkdown } from '../report/comparison.ts';

/** The id of a comparison's record, or the problem that prevented a record. Both are null if no record was requested. */
export type Kept = { comparison: string; problem: null } | { comparison: null; problem: string | null };

/** The folder with the samples for a record, and the function that removes secrets from the record. */
export type Source = { samples: string; redact: Redact };

/**
 * Writes the record of a comparison to the project: its data, its text and a copy of its samples. After a crash, the record exists either
 * completely or not at all. If the project is read-only, no record is written, and the comparison does not fail. If `project` is null, no
 * record is written.
 */
export function keepComparison(project: string | null, comparison: Comparison, { samples, redact }: Source): Kept {
  if (project === null) return { comparison: null, problem: null };
  return keepRecord(project, comparison, redact, (dir, id) => {
    for (const name of existsSync(samples) ? readdirSync(samples) : [])
      writeDurable(join(dir, 'samples', name), readFileSync(join(samples, name)));
    const head = { comparison: id, nth: nextComparison(project) };
    writeArtifact(join(dir, 'comparison.md'), { ...head, ...comparison }, comparisonMarkdown(comparison), redact);
  });
}

/** The fields of a comparison from which the id of its record is made. */
type Named = Pick<Comparison, 'names' | 'started_at'>;

/**
 * Writes a record to the project, for one comparison or for a suite. `write` writes the record's files to a temporary folder `dir`, which
 * is then renamed to the folder of the record. If another record already has the id, `write` is called again with another id.
 */
export function keepRecord(
  project: string,
  named: Named,
  redact: Redact,
  write: (dir: string, id: string) => void,
): Kept {
  try {
    refuseLinks(project);
    keepOutOfGit(project);
    return { comparison: publishedAs(project, named, redact, write), problem: null };
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    if (isFailure(error, 'leads_elsewhere') || syscall) return { comparison: null, problem: message };
    throw error;
  }
}

/** Removes the record of a comparison. After a crash, the record exists either completely or not at all. */
export function dropComparison(project: string, id: string): void {
  staged(project, (folder) => move(comparisonPaths(project, id).dir, join(folder, id)));
}

const STAGING = 'comparison-';

/** Runs `act` with a temporary folder next to the records, after the temporary folders of killed processes are removed. */
function staged<T>(project: string, act: (folder: string) => T): T {
  const local = dirname(runLock(project));
  sweepFoldersIn(local, STAGING);
  const folder = temporaryDir(local, STAGING);
  try {
    return act(folder);
  } finally {
    remove(folder);
  }
}

function publishedAs(project: string, named: Named, redact: Redact, write: (dir: string, id: string) => void): string {
  return staged(project, (folder) => {
    const dir = join(folder, 'record');
    makeDir(dir);
    const first = runId(named.started_at, nameOf(named, redact));
    for (let n = 1; ; n++) {
      const id = n === 1 ? first : `${first}-${n}`;
      write(dir, id);
      if (publish(project, dir, id)) return id;
    }
  });
}

/** The names of base and head for the id of a record, each cut to 19 characters. */
function nameOf({ names }: Named, redact: Redact): string {
  return [names.base, names.head].map((name) => slug(redact(name)).slice(0, 19)).join(' ');
}

/** Moves a record to its final folder; false if a run or another comparison already has the id. */
function publish(project: string, from: string, id: string): boolean {
  const { dir } = comparisonPaths(project, id);
  if (existsSync(dir) || existsSync(runPaths(project, id).dir)) return false;
  try {
    move(from, dir);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}
