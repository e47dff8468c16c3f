import type { Database } from '../store/driver.ts';
import { type Noting, noteInstalled } from './note.ts';

type Watched = Omit<Noting, 'now'> & { note: (text: string) => void };

/** A task of the service. `look` is called at intervals; `idle` returns a promise that resolves when no work is under way. */
export type Watch = { look(now: number): void; idle(): Promise<void> };

/**
 * Records the installed hooks at the first call of `look`. Later calls record the hooks only if a session began since the last call, so
 * that an idle machine reads no files.
 */
export function installedWatch({ note, ...noting }: Watched): Watch {
  let sessions = -1;
  let going: Promise<void> | null = null;
  return {
    look(now) {
      const known = newestSession(noting.db);
      if (going || known === sessions) return;
      sessions = known;
      going = noteInstalled({ ...noting, now })
        .catch((error: unknown) => note(`The installed hooks could not be recorded: ${(error as Error).message}`))
        .finally(() => {
          going = null;
        });
    },
    idle: async () => void (await going),
  };
}

const newestSession = (db: Database) => Number(db.get('SELECT coalesce(max(id), 0) AS id FROM session')!.id);
