import { ownFolders } from '../artifact/own-folders.ts';
import { runLock } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import { type Holder, takeLock } from '../core/lock.ts';
import { openRepo, type Repo } from '../git/repo.ts';
import { noteCrash } from '../workflow/recover.ts';
import { chooseRun } from '../workflow/runs.ts';
import { openSession, type Session } from '../workflow/session.ts';
import type { Options, Tools } from './command.ts';

/** Holds the work tree's lock while `act` runs: one perf-gate process at a time may write to a run. `died`: who was killed holding it. */
export async function locked<T>(repo: Repo, what: string, act: (died: Holder | undefined) => Promise<T>): Promise<T> {
  ownFolders(repo.project);
  const lock = takeLock(runLock(repo.project), what);
  if ('heldBy' in lock) throw failure('run_locked', lock.heldBy);
  try {
    return await act(lock.died);
  } finally {
    lock.release();
  }
}

/** Opens the run that a command is about, for writing. Throws `no_active_run` for one that has ended, unless that is fine. */
export async function withRun<T>(
  what: string,
  { options, tools, endedToo = false }: { options: Options; tools: Tools; endedToo?: boolean },
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const repo = await openRepo(tools.cwd);
  const id = chooseRun(repo.project, typeof options.run === 'string' ? options.run : undefined);
  return locked(repo, what, async (died) => {
    ownFolders(repo.project, id);
    const session = openSession(repo, id, tools);
    if (died) noteCrash(session, died);
    if (session.run.state.ended && !endedToo)
      throw failure('no_active_run', { run: id, ended: session.run.state.ended });
    return act(session);
  });
}
