import { queueOf } from '../../stages/shared/history.ts';
import { lastStep } from '../../stages/shared/run.ts';
import { chooseRun, readRun } from '../../workflow/runs.ts';
import type { Tools } from '../command.ts';
import { projectOf } from '../project.ts';

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
