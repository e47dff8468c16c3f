import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { realInside } from '../../../core/locate.ts';
import { queueOf } from '../../../record/history.ts';
import { readRun } from '../../../record/read-run.ts';
import { lastStep } from '../../../record/state.ts';
import { folderAbove } from '../../folder-above.ts';
import { atWorkOn, atWorkText } from '../../terminal/at-work.ts';
import { detach, printAtWork, watch } from '../../terminal/background.ts';
import { findRun } from '../../terminal/find-run.ts';
import type { Tools } from '../../terminal/tools.ts';

/**
 * The ids of runs that this server continued in the background, but whose result no call has returned yet. For such a run, the next call
 * starts no work and only waits for the result.
 */
const owed = new Set<string>();

/** Runs `perf-gate next` in the background. Prints the result or, if the work takes longer than `seconds`, the progress. */
export async function nextInTime({ seconds }: { seconds: number }, tools: Tools): Promise<void> {
  const place = await findRun(tools.cwd);
  if (!owed.has(place.run) && !atWorkOn(place)) await detach(['next'], place, tools);
  owed.add(place.run);
  try {
    const code = await watch(place, seconds, tools, (at) => tools.notify({ kind: 'note', text: atWorkText(at) }));
    if (code === undefined) return printAtWork(place, tools);
  } catch (error) {
    owed.delete(place.run);
    throw error;
  }
  owed.delete(place.run);
}

/** Prints the ranking of the run's newest profile, and the chosen hotspots that are left to try. */
export async function hotspotsOfRun(tools: Tools): Promise<void> {
  const { project, run } = await findRun(tools.cwd);
  const state = readRun(project, run);
  const profile = lastStep(state, 'profile')?.data;
  tools.out(
    JSON.stringify({
      run,
      tool: profile?.tool ?? null,
      note: profile?.note ?? null,
      hotspots: profile?.hotspots ?? [],
      left_to_try: queueOf(state),
    }),
  );
}

/**
 * Prints the ranking of `perf-gate hotspots FILE…`.
 * @throws file_outside
 */
export async function hotspotsOfFiles(
  files: readonly string[],
  value: string | undefined,
  tools: Tools,
): Promise<void> {
  const { command } = await import('../profile/hotspots.ts');
  const inProject = files.map((file) => inside(file, tools));
  await command.run(command.parse(inProject, { value }), tools);
}

/**
 * The path of a file inside of the repository or, without a repository, inside of the current folder. Other files are refused: any client
 * can call the server, and an error message could quote the file. The path of a missing file is not checked, because the command reports
 * the missing file.
 * @throws file_outside
 */
export function inside(file: string, { cwd }: Tools): string {
  const path = resolve(cwd, file);
  if (!existsSync(path)) return path;
  const root = realpathSync(folderAbove(cwd, (dir) => join(dir, '.git')) ?? cwd);
  const real = realInside(root, relative(root, realpathSync(path)));
  if (real === undefined) throw failure('file_outside', { file, root });
  return real;
}
