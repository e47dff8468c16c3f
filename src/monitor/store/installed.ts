import type { KeptHook } from '../../sentinel/store/own-files.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

/**
 * One version of an installed hook. `since`: when the version was first seen. `seen`: when the version was last seen. Times are ms since
 * 1970. `project`: the project whose settings declare the hook; `''` for hooks in the user's settings. `hash`: the hash of the hook's
 * declaration and files; `''` if the files could not be copied.
 */
export type Version = { project: string; hash: string; since: number; seen: number; kept: KeptHook };

/** The recorded versions of hooks, ordered by project, hook and time. */
export const versionsIn = (db: Database): Version[] =>
  db
    .all('SELECT project, hash, since, seen, data FROM installed ORDER BY project, hook, since, id')
    .map(({ project, hash, since, seen, data }) => ({
      project: String(project),
      hash: String(hash),
      since: Number(since),
      seen: Number(seen),
      kept: JSON.parse(String(data)) as KeptHook,
    }));

/** Stores the versions of hooks that are installed now. For an unchanged version, only `seen` is updated. */
export const keepVersions = (db: Database, now: number, found: readonly Omit<Version, 'since' | 'seen'>[]): void =>
  inTransaction(db, () => {
    for (const { project, hash, kept } of found) {
      const { id } = kept.hook;
      const last = db.get(
        'SELECT id, hash FROM installed WHERE project = ? AND hook = ? ORDER BY since DESC, id DESC LIMIT 1',
        ...[project, id],
      );
      if (last?.hash === hash) db.run('UPDATE installed SET seen = max(seen, ?) WHERE id = ?', now, last.id!);
      else
        db.run(
          'INSERT INTO installed (project, hook, hash, since, seen, data) VALUES (?, ?, ?, ?, ?, ?)',
          ...[project, id, hash, now, now, JSON.stringify(kept)],
        );
    }
  });

/** Deletes hook versions that were replaced and were last seen before the time `before`. @returns the remaining versions as JSON */
export const dropVersions = (db: Database, before: number): string[] =>
  inTransaction(db, () => {
    db.run(
      `DELETE FROM installed WHERE seen < ? AND EXISTS
       (SELECT 1 FROM installed AS later WHERE later.project = installed.project AND later.hook = installed.hook AND later.since > installed.since)`,
      before,
    );
    return db.all('SELECT data FROM installed').map(({ data }) => String(data));
  });
