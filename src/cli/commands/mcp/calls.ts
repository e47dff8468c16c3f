import { relative, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { realInside } from '../../../core/locate.ts';
import { queueOf } from '../../../record/history.ts';
import { readRun } from '../../../record/read-run.ts';
import { lastStep } from '../../../record/state.ts';
import { atWorkOn, atWorkText } from '../../terminal/at-work.ts';
import { detach, printAtWork, watch } from '../../terminal/background.ts';
import { findRun } from '../../terminal/find-run.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Runs whose background work began here and whose result was not returned yet. The next call returns it, and begins nothing. */
const owed = new Set<string>();

/** `perf-gate next`, in the background. Prints the result, or after `seconds` that the work goes on. */
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

/** The ranking of the run's newest profile, and the rest of the list that was chosen. */
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
 * The ranking of `perf-gate hotspots FILE…`. Any client may call it, so it reads only files inside of the project.
 * @throws profile_unreadable
 */
export async function hotspotsOfFiles(files: readonly string[], tools: Tools): Promise<void> {
  const inside = files.map((file) => {
    const real = realInside(tools.cwd, relative(tools.cwd, resolve(tools.cwd, file)));
    if (real !== undefined) return real;
    throw failure('profile_unreadable', {
      file,
      expected: 'a file inside of the project',
      found: 'none there, or one that lies elsewhere',
    });
  });
  const { command } = await import('../profile/hotspots.ts');
  await command.run(command.parse(inside, {}), tools);
}
