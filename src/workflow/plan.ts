import { relative } from 'node:path';
import { failure } from '../core/errors.ts';
import { readProfile } from '../profile/formats.ts';
import { hotspots as rank } from '../profile/hotspots.ts';
import type { Hotspot } from '../stages/shared/data.ts';
import { lastStep, type RunState } from '../stages/shared/run.ts';
import { trialsOf } from '../stages/shared/trials.ts';
import type { Breakdown } from './plan-steps.ts';
import { readRun, runIds } from './runs.ts';

type Measured = Pick<Breakdown, 'source' | 'total' | 'unit' | 'hotspots'>;

/** The breakdown in a profile or in spans, with what the runs of the project proposed and tried. @throws profile_unreadable */
export async function breakdownOfFile(project: string, file: string): Promise<Omit<Breakdown, 'target'>> {
  const ranked = rank(await readProfile(file), project);
  const measured = { source: relative(project, file), ...ranked, hotspots: ranked.hotspots.map(unranked) };
  return { title: relative(project, file), ...measured, ...known(project) };
}

/** The breakdown in the newest profile of a run. Throws `no_profile`. */
export function breakdownOfRun(project: string, run: string): Omit<Breakdown, 'target'> {
  const state = readRun(project, run);
  return { title: state.task, ...profileOf(state), ...known(project) };
}

function profileOf(state: RunState): Measured {
  const profile = lastStep(state, 'profile')?.data;
  if (!profile?.total) throw failure('no_profile', { run: state.run });
  const { total, unit, hotspots } = profile;
  return { source: `the profile of ${state.run}, by ${profile.tool}`, total, unit, hotspots };
}

/** What was proposed and what was tried in all runs of the project. */
function known(project: string): Pick<Breakdown, 'proposals' | 'trials'> {
  const states = runIds(project).map((id) => readRun(project, id));
  const proposals = states.flatMap((state) => lastStep(state, 'hotspots')?.data.hotspots ?? []);
  return { proposals: proposals.reverse(), trials: states.flatMap(trialsOf) };
}

const unranked = ({ rank: _, ...hotspot }: ReturnType<typeof rank>['hotspots'][number]): Hotspot => hotspot;
