import { runPaths } from '../../artifact/paths.ts';
import { readRun } from '../../record/read-run.ts';
import { isStep, type RunState, type Step } from '../../record/state.ts';
import { type MonitorEvent, ofNoSession } from '../event.ts';
import { nameFrom } from '../otlp/body.ts';
import { readNamed } from './named.ts';
import { ownFile, runsOnDisk } from './own-file.ts';
import type { Tally } from './tally.ts';

type ProjectRun = { project: string; id: string };

/** The runs of projects. @throws monitor_import_refused if a project has no run */
export const runsIn = (projects: readonly string[]): ProjectRun[] =>
  readNamed(projects, (project) => {
    const ids = runsOnDisk(project);
    if (ids.length === 0) throw new Error('the project has no run of perf-gate');
    return ids.map((id) => ({ project, id }));
  }).flat();

/**
 * Imports runs of perf-gate, whose journals must have a valid hash chain. Journals that changed before `since`, in ms since 1970, are
 * skipped.
 */
export function importRuns(runs: readonly ProjectRun[], since: number, { tried, take }: Tally): void {
  for (const { project, id } of runs) {
    const { journal } = runPaths(project, id);
    const events = tried(journal, () => (ownFile(project, journal).mtimeMs < since ? null : eventsOfRun(project, id)));
    if (events) take(events);
  }
}

/**
 * The events of a run: one for each finished stage, with the time since the previous stage, and one for the end of the run. The event of a
 * verdict has the number of the attempt and the effect. The task and the changes are left out; a run is identified by the minute of its
 * start. @throws journal_damaged, machine_too_new, run_unreadable
 */
export function eventsOfRun(project: string, id: string): MonitorEvent[] {
  return eventsOfState(readRun(project, id));
}

export function eventsOfState(state: RunState): MonitorEvent[] {
  const started = Date.parse(state.started_at);
  const run = /^\d{8}-\d{4}/.exec(state.run)?.[0] ?? '';
  const of = (t: number, name: string, from: number): MonitorEvent => ({
    t,
    kind: 'run',
    name: nameFrom(name),
    // The clock may have been set back during the stage, so the difference can be negative.
    duration_ms: Math.max(0, t - from),
    ok: null,
    ...ofNoSession,
    source: 'journal',
    identity: `${state.run} ${state.started_at} ${name}`,
    attributes: { run },
  });
  const stages = state.steps.map((step, i) => {
    const event = of(Date.parse(step.at), step.stage, i === 0 ? started : Date.parse(state.steps[i - 1]!.at));
    const attributes = { run, attempt: step.attempt, result: wordOf(step.result), ...effectOf(step) };
    return { ...event, ok: okOf(step.result), identity: `${event.identity} ${step.epoch}`, attributes };
  });
  const last = state.steps.at(-1);
  if (state.ended === null || !last) return stages;
  const end = of(Date.parse(last.at), 'whole run', started);
  const accepted = state.steps.filter(({ result }) => result === 'accepted').length;
  return [...stages, { ...end, ok: okOf(state.ended), attributes: { run, result: wordOf(state.ended), accepted } }];
}

/** The effect of a verdict in per cent of the base. A positive effect is an improvement. */
function effectOf(step: Step): Record<string, number | boolean> {
  if (!isStep(step, 'verdict')) return {};
  const { improvement_pct = null, ci95_pct = null, p = null } = step.data.primary ?? {};
  const all = { effect_pct: improvement_pct, ci_low_pct: ci95_pct?.[0], ci_high_pct: ci95_pct?.[1], p };
  const known = Object.entries(all).filter((pair): pair is [string, number] => typeof pair[1] === 'number');
  return { judged: true, ...Object.fromEntries(known) };
}

const good = ['accepted', 'measured', 'approved', 'profiled', 'proposed', 'done', 'reported', 'completed'];
const bad = ['rejected', 'failed', 'unstable', 'broken', 'escalate', 'escalated', 'abort', 'aborted'];

/** Whether a result is good; null for a neutral result, such as `inconclusive`, and for results of custom workflows. */
const okOf = (result: string): boolean | null => (good.includes(result) ? true : bad.includes(result) ? false : null);

/** The result as a word; `other` for long texts, which only custom workflows have. */
const wordOf = (result: string) => (/^[\w.:-]{1,40}$/.test(result) ? result : 'other');
