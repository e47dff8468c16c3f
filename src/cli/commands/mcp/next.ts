import { chooseRun } from '../../../record/runs.ts';
import type { Tools } from '../../command.ts';
import { atWorkOn, atWorkText } from '../../terminal/at-work.ts';
import { detach } from '../../terminal/detach.ts';
import { projectOf } from '../../terminal/project.ts';
import { tellAtWork, watch } from '../../terminal/watch.ts';

/** Runs whose work in the background was begun here and has not been told yet: the next call tells it, and begins nothing. */
const owed = new Set<string>();

/** `perf-gate next`, in the background; tells the result, or after so many seconds that it goes on. */
export async function nextInTime({ seconds }: { seconds: number }, tools: Tools): Promise<void> {
  const project = await projectOf(tools.cwd);
  const place = { project, run: chooseRun(project) };
  if (!owed.has(place.run) && !atWorkOn(place)) await detach(['next'], place, tools);
  owed.add(place.run);
  try {
    const code = await watch(place, seconds, tools, (at) => tools.notify({ kind: 'note', text: atWorkText(at) }));
    if (code === undefined) return tellAtWork(place, tools);
  } catch (error) {
    owed.delete(place.run);
    throw error;
  }
  owed.delete(place.run);
}
