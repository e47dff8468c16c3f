import { relative, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { realInside } from '../../../core/inside.ts';
import { queueOf } from '../../../record/history.ts';
import { chooseRun, readRun } from '../../../record/runs.ts';
import { lastStep } from '../../../record/state.ts';
import type { Tools } from '../../command.ts';
import { projectOf } from '../../terminal/project.ts';

/** The ranking of the run's newest profile, and what is left of the list that was chosen. */
export async function hotspotsOfRun(tools: Tools): Promise<void> {
  const project = await projectOf(tools.cwd);
  const run = chooseRun(project);
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

/** The same ranking as `perf-gate hotspots FILE…`, of files and folders inside of the project alone: whoever calls may be anybody. */
export async function hotspotsOfFiles(files: readonly string[], tools: Tools): Promise<unknown> {
  const inside = files.map((file) => {
    const real = realInside(tools.cwd, relative(tools.cwd, resolve(tools.cwd, file)));
    if (real !== undefined) return real;
    throw failure('profile_unreadable', {
      file,
      expected: 'a file inside of the project',
      found: 'none there, or one that lies elsewhere',
    });
  });
  return (await import('../profile/hotspots.ts')).run(inside, {}, tools);
}
