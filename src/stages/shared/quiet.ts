import { failure } from '../../core/errors.ts';
import { measurementLock } from '../../measure/measurement-lock.ts';
import type { Bench } from './ground.ts';

/** Does something while nobody else on this machine measures; tells whom it waits for. Throws `interrupted`. */
export async function whileQuiet<T>(
  { world, repo }: Pick<Bench, 'world' | 'repo'>,
  what: string,
  act: () => Promise<T>,
): Promise<T> {
  const lock = await measurementLock(world.env, `${what} in ${repo.project}`, {
    onWait: (holder) => world.tell({ kind: 'note', text: `Waiting: pid ${holder.pid} measures (${holder.what}).` }),
    signal: world.signal,
  });
  if (!lock) throw failure('interrupted');
  try {
    return await act();
  } finally {
    lock.release();
  }
}
