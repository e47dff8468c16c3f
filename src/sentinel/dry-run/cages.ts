import { tmpdir } from 'node:os';
import { failure } from '../../core/errors.ts';
import { stopWithUs } from '../../core/exec.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { sweepFoldersIn } from '../../core/temporary-files.ts';
import { type Cage, openCage, type Wanted } from './cage.ts';

/** `fresh`: every execution finds the machine as it is; `warm`: it finds what earlier executions left. */
export type State = 'fresh' | 'warm';

/** The cages of a dry run. */
export type Cages = {
  /** Runs something in the cage of that name: in the one that is kept, or in a new one where nothing is. */
  inside: <T>(name: string, act: (cage: Cage) => Promise<T>) => Promise<T>;
  /** Ends everything in all of them, and removes what they left. */
  close: () => void;
};

const PREFIX = 'perf-gate-sentinel-';

/** Tries out whether there are cages here, and keeps them. Close them in the end. */
export async function openCages(
  wanted: Wanted,
  state: State,
): Promise<{ cages: Cages; sample: Cage } | { missing: string }> {
  sweepFoldersIn(tmpdir(), PREFIX);
  const scratch = temporaryDir(tmpdir(), PREFIX);
  const leave = stopWithUs(() => remove(scratch));
  const open = new Map<string, Cage>();
  const close = () => {
    for (const cage of open.values()) cage.close();
    leave();
    remove(scratch);
  };
  const made = async () => {
    const cage = await openCage(wanted, scratch);
    if ('missing' in cage) throw failure('room_lost', { found: cage.missing });
    return cage;
  };
  const sample = await openCage(wanted, scratch);
  if ('missing' in sample) {
    close();
    return sample;
  }
  sample.close();
  return {
    sample,
    cages: {
      async inside(name, act) {
        const cage = open.get(name) ?? (await made());
        open.set(name, cage);
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
