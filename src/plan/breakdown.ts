import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { failure } from '../core/errors.ts';
import { readProfile } from '../profile/formats/read-profile.ts';
import { hotspots as rank } from '../profile/rank/hotspots.ts';
import { ofProject } from '../profile/rank/project-profile.ts';
import type { Hotspot } from '../record/data.ts';
import { asRecorded } from '../record/find-hotspot.ts';
import { otherRuns, readRun } from '../record/read-run.ts';
import { lastStep, type RunState } from '../record/state.ts';
import { type PlanTrial, type Proposal, proposalsAndTrials } from './earlier-work.ts';

/** What a plan is made from: the measured cost of each place, and what the runs of the project proposed and tried there. */
export type Breakdown = {
  title: string;
  /** Where the costs come from, in words. */
  source: string;
  total: number;
  unit: string;
  /** Ranked, best first. Their ceilings do not overlap. */
  hotspots: readonly Hotspot[];
  /** The newest first. */
  proposals: readonly Proposal[];
  /** The oldest first. */
  trials: readonly PlanTrial[];
};

/**
 * The breakdown in a file: a profile or spans.
 * @throws profile_unreadable: the file has no format that perf-gate knows, or nothing in it took time or space
 */
export async function breakdownOfFile(project: string, file: string): Promise<Breakdown> {
  const { hotspots: ranked, total, unit } = rank(await ofProject(await readProfile(file), project), project);
  const hotspots = ranked.map(asRecorded);
  if (!(total > 0)) {
    const found = 'nothing that took any';
    throw failure('profile_unreadable', { file, expected: 'something that took time or space', found });
  }
  const source = relative(project, file);
  const taken = { at: statSync(file).mtime.toISOString(), run: null, unit };
  return { title: source, source, total, unit, hotspots, ...proposalsAndTrials(project, taken) };
}

/**
 * The breakdown in the newest profile of a run. If the user did not name the run and it has no profile, the newest run with a profile
 * takes its place.
 * @throws no_profile: there is none
 */
export function breakdownOfRun(project: string, run: string, isNamed: boolean): Breakdown {
  const hasProfile = (state: RunState) => Boolean(lastStep(state, 'profile')?.data.total);
  const asked = readRun(project, run);
  const state = hasProfile(asked) || isNamed ? asked : (otherRuns(project, run).findLast(hasProfile) ?? asked);
  const profile = lastStep(state, 'profile');
  if (!profile?.data.total) throw failure('no_profile', { run });
  const { total, unit, hotspots, tool } = profile.data;
  const source = `the profile of ${state.run}, by ${tool}`;
  const taken = { at: profile.at, run: state.run, unit };
  return { title: state.task, source, total, unit, hotspots, ...proposalsAndTrials(project, taken) };
}
