import { tmpdir } from 'node:os';
import { failure } from '../../core/errors.ts';
import { stopWithUs } from '../../core/exec.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { sweepFoldersIn } from '../../core/temporary-files.ts';
import type { Cage, Wanted } from './cage.ts';
import { withCopies } from './copies.ts';
import { withOverlay } from './overlay.ts';

/** `fresh`: every execution finds the machine unchanged. `warm`: every execution finds the changes of earlier executions. */
export type State = 'fresh' | 'warm';

/** Opens the cages of a dry run, runs executions in them, and closes them. */
export type Cages = {
  /** Opens all cages that are kept between executions. They are opened in parallel, which is faster. */
  prepare: (names: readonly string[]) => Promise<void>;
  /**
   * Runs `act` in the cage with the given name. The cage is kept between calls. If the state is `fresh`, each call gets a new cage instead.
   */
  inside: <T>(name: string, act: (cage: Cage) => Promise<T>) => Promise<T>;
  /** Ends all processes in the cages, and removes the files of the cages. */
  close: () => void;
};

const PREFIX = 'perf-gate-sentinel-';

/**
 * Opens a cage in a new folder of `scratch`, with the strictest isolation that the machine allows. Returns the reason if no cage is
 * possible. Closing a cage ends all its processes.
 */
async function openCage(wanted: Wanted, scratch: string): Promise<Cage | { missing: string }> {
  const opened = await withOverlay(wanted, temporaryDir(scratch, 'cage-'));
  if (!('missing' in opened)) return opened;
  const second = await withCopies(wanted, temporaryDir(scratch, 'cage-'));
  return 'missing' in second ? { missing: `${opened.missing}; ${second.missing}` } : second;
}

/**
 * Opens a first cage, which shows how strict the isolation is on this machine. Returns the reason if no cage is possible. The caller must
 * close the cages.
 */
export async function openCages(
  wanted: Wanted,
  state: State,
): Promise<{ cages: Cages; first: Cage } | { missing: string }> {
  sweepFoldersIn(tmpdir(), PREFIX);
  const scratch = temporaryDir(tmpdir(), PREFIX);
  const leave = stopWithUs(() => remove(scratch));
  const open = new Map<string, Cage>();
  const spare: Cage[] = [];
  const close = () => {
    for (const cage of [...open.values(), ...spare]) cage.close();
    leave();
    remove(scratch);
  };
  const first = await openCage(wanted, scratch);
  if ('missing' in first) {
    close();
    return first;
  }
  spare.push(first);
  const cageOf = async (name: string) => {
    const cage = open.get(name) ?? spare.pop() ?? (await openCage(wanted, scratch));
    if ('missing' in cage) throw failure('room_lost', { found: cage.missing });
    open.set(name, cage);
    return cage;
  };
  return {
    first,
    cages: {
      async prepare(names) {
        if (state === 'warm') await Promise.all(names.map(cageOf));
      },
      async inside(name, act) {
        const cage = await cageOf(name);
        try {
          return await act(cage);
        } finally {
          if (state === 'fresh') {
            open.delete(name);
            cage.close();
          }
        }
      },
      close,
    },
  };
}
