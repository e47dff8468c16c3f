import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { failure } from '../core/errors.ts';
import { areAlike } from '../core/units.ts';
import { readProfile } from '../profile/formats/read-profile.ts';
import { hotspots as rank } from '../profile/rank/hotspots.ts';
import { ofProject } from '../profile/rank/project-profile.ts';
import { asRecorded } from '../record/find-hotspot.ts';
import { contractOf, hasContract } from '../record/history.ts';
import { otherRuns, readRun } from '../record/runs.ts';
import { lastStep, type RunState, stepsOf } from '../record/state.ts';
import { aimOf, type Trial, trialsOf } from '../record/trials.ts';
import type { PlanTrial, Proposed } from './ideas.ts';
import type { Breakdown } from './steps.ts';

type Measured = Pick<Breakdown, 'title' | 'source' | 'total' | 'unit' | 'hotspots'> & {
  /** When it was taken, as ISO 8601: what was accepted before is in it. */
  taken_at: string;
  /** The run that led to it; null for a file, which any run may have led to. */
  run: string | null;
};

/** The breakdown in a profile or in spans, with what the runs of the project proposed and tried. @throws profile_unreadable */
export async function breakdownOfFile(project: string, file: string): Promise<Omit<Breakdown, 'target'>> {
  const { hotspots: ranked, total, unit } = rank(await ofProject(await readProfile(file), project), project);
  const hotspots = ranked.map(asRecorded);
  if (!(total > 0)) {
    const found = 'nothing that took any';
    throw failure('profile_unreadable', { file, expected: 'something that took time or space', found });
  }
  const source = relative(project, file);
  const taken_at = statSync(file).mtime.toISOString();
  return withRuns(project, { title: source, source, taken_at, run: null, hotspots, total, unit });
}

/** The breakdown in the newest profile of a run; of the newest run that has one where `run` has none and nobody named it. Throws `no_profile`. */
export function breakdownOfRun(project: string, run: string, isNamed: boolean): Omit<Breakdown, 'target'> {
  const hasProfile = (state: RunState) => Boolean(lastStep(state, 'profile')?.data.total);
  const asked = readRun(project, run);
  const state = hasProfile(asked) || isNamed ? asked : (otherRuns(project, run).findLast(hasProfile) ?? asked);
  const profile = lastStep(state, 'profile');
  if (!profile?.data.total) throw failure('no_profile', { run });
  const { total, unit, hotspots, tool } = profile.data;
  const source = `the profile of ${state.run}, by ${tool}`;
  return withRuns(project, { title: state.task, source, taken_at: profile.at, run: state.run, hotspots, total, unit });
}

/** With what was proposed and what was tried in all runs of the project. */
function withRuns(project: string, { taken_at, run, ...measured }: Measured): Omit<Breakdown, 'target'> {
  const states = otherRuns(project, '');
  const asked = states.findLast((state) => hasContract(state) && (run === null || state.run === run));
  const aim = asked && aimOf(asked);
  const trials = states.flatMap((state) =>
    trialsOf(state).map((trial): PlanTrial => {
      const is_before = trial.at <= taken_at;
      const isToldOf = aimOf(state) === aim && !(is_before && run !== null && state.run !== run);
      const { predicted_pct } = trial.hotspot;
      const predicted_saving_pct = predicted_pct === undefined ? null : savedBy(predicted_pct, state);
      const left = isToldOf ? leftBy(trial, state, measured.unit) : null;
      return { ...trial, is_before, is_settled: !is_before || state.run === run, predicted_saving_pct, left };
    }),
  );
  const proposals = states.flatMap(proposedIn).sort((a, b) => (a.at < b.at ? 1 : -1));
  return { ...measured, proposals, trials: trials.sort((a, b) => (a.at < b.at ? -1 : 1)) };
}

/** What somebody said; the engine's own ranking says nothing but figures. */
function proposedIn(state: RunState): Proposed[] {
  const listed = stepsOf(state, 'hotspots').flatMap(({ at, data }) =>
    data.hotspots.map((hotspot) => ({ at, hotspot })),
  );
  const said = listed.filter(({ hotspot: h }) => h.what ?? h.technique ?? h.predicted_pct ?? h.effort);
  return said.map(({ at, hotspot }) => {
    const { predicted_pct } = hotspot;
    return {
      at,
      hotspot: predicted_pct === undefined ? hotspot : { ...hotspot, predicted_pct: savedBy(predicted_pct, state) },
    };
  });
}

/** The part of the whole that an accepted change left; null where its metric is of another kind than the breakdown. */
function leftBy({ outcome, measured_pct }: Trial, state: RunState, unit: string): number | null {
  if (outcome !== 'accepted' || measured_pct === null) return null;
  const units = [unit, contractOf(state).metrics.primary.unit];
  const [ours, theirs] = units.map((name) => ['ms', 'bytes'].find((kind) => areAlike(name, kind)));
  return ours && theirs && ours !== theirs ? null : 1 - savedBy(measured_pct, state) / 100;
}

/** An improvement as what it saves, both in per cent: twice as many requests take half of the time each. */
function savedBy(improvement_pct: number, state: RunState): number {
  if (contractOf(state).metrics.primary.lower_is_better) return improvement_pct;
  return improvement_pct <= -100 ? improvement_pct : 100 - 100 / (1 + improvement_pct / 100);
}
