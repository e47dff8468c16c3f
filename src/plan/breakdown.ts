import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { failure } from '../core/errors.ts';
import { readProfile } from '../profile/formats/read-profile.ts';
import { hotspots as rank } from '../profile/rank/hotspots.ts';
import { ofProject } from '../profile/rank/project-profile.ts';
import type { Hotspot } from '../record/data.ts';
import { asRecorded } from '../record/find-hotspot.ts';
import { scopingOf } from '../record/history.ts';
import { otherRuns, readRun } from '../record/read-run.ts';
import { lastStep, type RunState } from '../record/state.ts';
import type { PlanClock, PlanQuote } from '../report/plan.ts';
import { type Watched, watchedIn } from './alerts.ts';
import { inRealTime, type Measured, measuredIn, type Timed } from './clock.ts';
import { type PlanTrial, type Proposal, proposalsAndTrials } from './earlier-work.ts';
import { quotesOf } from './quote.ts';

/** The input of a plan: the measured cost of each hotspot, and the proposals and trials of the project's runs. */
export type Breakdown = {
  title: string;
  /** The source of the costs: the path of a file, or a run and its profiler. */
  source: string;
  total: number;
  unit: string;
  clock: PlanClock;
  /** Ranked, most expensive first. Each part of the total cost counts for the ceiling of at most one hotspot. */
  hotspots: readonly Hotspot[];
  /** The source lines that the plan shows for each hotspot. The keys are the hotspots' ids. */
  quotes: ReadonlyMap<string, PlanQuote>;
  /** The metrics of the run. Null if the breakdown is from a file. */
  watched: Watched | null;
  /** Minutes that a run needs to judge an attempt. Null if unknown. */
  proof_minutes: number | null;
  /** The newest first. */
  proposals: readonly Proposal[];
  /** The oldest first. */
  trials: readonly PlanTrial[];
};

/**
 * Reads the breakdown from a file, which holds a profile or spans. `measured_ms`: the program's time without a profiler, or null if
 * unknown. `value`: see `readProfiles`.
 * @throws profile_unreadable: the file has no known format, or its total cost is 0
 * @throws profile_value
 */
export async function breakdownOfFile(
  project: string,
  file: string,
  measured_ms: number | null,
  value?: string,
): Promise<Breakdown> {
  const profile = await ofProject(await readProfile(file, value), project);
  const { hotspots: ranked, total, unit } = rank(profile, project);
  if (!(total > 0)) {
    const found = 'a total of 0';
    throw failure('profile_unreadable', { file, expected: 'functions or files that took time or space', found });
  }
  const source = relative(project, file);
  const timed = inRealTime({ total, unit, idle: profile.idle, by: profile.format }, said(measured_ms));
  const at = statSync(file).mtime.toISOString();
  return {
    title: source,
    source,
    ...ofWhole(ranked.map(asRecorded), timed),
    quotes: quotesOf(project, ranked.map(asRecorded), at),
    watched: null,
    proof_minutes: null,
    ...proposalsAndTrials(project, { at, run: null, unit: timed.unit }),
  };
}

/**
 * Reads the breakdown from the newest profile of a run. If the user named no run, and the chosen run has no profile, the newest run with a
 * profile is used.
 * @throws no_profile
 */
export function breakdownOfRun(
  project: string,
  { run, isNamed, measured_ms }: { run: string; isNamed: boolean; measured_ms: number | null },
): Breakdown {
  const hasProfile = (state: RunState) => Boolean(lastStep(state, 'profile')?.data.total);
  const asked = readRun(project, run);
  const state = hasProfile(asked) || isNamed ? asked : (otherRuns(project, run).findLast(hasProfile) ?? asked);
  const profile = lastStep(state, 'profile');
  if (!profile?.data.total) throw failure('no_profile', { run });
  const { total, unit, idle = 0, hotspots, tool } = profile.data;
  const timed = inRealTime({ total, unit, idle, by: tool }, said(measured_ms) ?? measuredIn(state));
  return {
    title: state.task,
    source: `the profile of ${state.run}, by ${tool}`,
    ...ofWhole(hotspots, timed),
    quotes: quotesOf(project, hotspots, profile.at),
    watched: watchedIn(state),
    proof_minutes: scopingOf(state).preflight?.estimate.minutes_per_attempt ?? null,
    ...proposalsAndTrials(project, { at: profile.at, run: state.run, unit: timed.unit }),
  };
}

const said = (ms: number | null): Measured | null => (ms === null ? null : { ms, metric: null, waits: true });

/** The hotspots with their shares of the total, which includes waiting. If the program waited, the waiting time is one of the hotspots. */
function ofWhole(hotspots: readonly Hotspot[], { total, unit, waiting, clock }: Timed) {
  const pct = (100 * waiting) / total;
  if (pct === 0) return { total, unit, clock, hotspots };
  const waits: Hotspot = {
    id: 'waiting',
    self_pct: pct,
    total_pct: pct,
    ceiling_pct: pct,
    signs: { waits: true },
  };
  const scaled = [...hotspots.map((place) => lessened(place, 1 - pct / 100)), waits];
  return { total, unit, clock, hotspots: scaled.sort((a, b) => (b.ceiling_pct ?? 0) - (a.ceiling_pct ?? 0)) };
}

/** A hotspot with all its shares multiplied by `part`. */
function lessened(place: Hotspot, part: number): Hotspot {
  const less = <Shares extends object>(shares: Shares): Shares => {
    const changed = Object.entries(shares).map(([key, value]) => [
      key,
      key.endsWith('_pct') && typeof value === 'number' ? value * part : value,
    ]);
    return Object.fromEntries(changed) as Shares;
  };
  const { ceiling_ci95_pct: range, signs } = place;
  return {
    ...less(place),
    ...(range ? { ceiling_ci95_pct: [range[0] * part, range[1] * part] as [number, number] } : {}),
    ...(signs ? { signs: less(signs) } : {}),
  };
}
