import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runPaths } from '../../artifact/paths.ts';
import { readSamples } from '../../artifact/samples.ts';
import { ruleOf } from '../../experiment/rule-of.ts';
import { valuesOf } from '../../experiment/session-judge.ts';
import { sampleSchema } from '../../measure/sessions/sample.ts';
import { attemptsOf, contractOf, hasContract } from '../../record/history.ts';
import { lastStep, type RunState } from '../../record/state.ts';
import { judge } from '../../stats/judge.ts';
import { samplesProblem } from '../../stats/rule.ts';
import { ownFile } from '../sources/own-file.ts';

/**
 * The state of a run of perf-gate for display. Times are ms since 1970. Effects are in per cent of the base; a positive effect is an
 * improvement.
 */
export type LiveRun = {
  project: string;
  run: string;
  task: string;
  stage: string;
  paused: boolean;
  /** How the run ended; null while the run is active. */
  ended: string | null;
  /** When the last stage of the run finished. Before the end of the first stage, this is the time when the run began. */
  since: number;
  stages: { stage: string; attempt: number; result: string; t: number }[];
  attempts: {
    attempt: number;
    hotspot: string;
    verdict: string;
    kept: boolean;
    effect_pct: number | null;
    ci95_pct: [number | null, number | null] | null;
  }[];
  measuring: Measuring | null;
};

/** The measurement session that is running: its samples so far, in the order of pairs, and the provisional result of these samples. */
type Measuring = {
  session: string;
  metric: string;
  unit: string;
  lower_is_better: boolean;
  base: number[];
  candidate: number[];
  /** The provisional effect in per cent. The verdict does not depend on this effect. Null if there are too few samples. */
  effect_pct: number | null;
  ci95_pct: [number | null, number | null] | null;
};

export function liveRun(project: string, state: RunState): LiveRun {
  const { run, task, stage, paused, ended, steps } = state;
  const since = Date.parse(steps.at(-1)?.at ?? state.started_at);
  return {
    ...{ project, run, task, stage, paused, ended, since },
    stages: steps.map(({ stage: left, attempt, result, at }) => ({ stage: left, attempt, result, t: Date.parse(at) })),
    attempts: attemptsOf(state).map(({ attempt, hotspot, verdict, kept, primary }) => ({
      ...{ attempt, hotspot, verdict, kept },
      effect_pct: primary?.improvement_pct ?? null,
      ci95_pct: primary?.ci95_pct ?? null,
    })),
    measuring: ended === null ? measuringIn(project, state, since) : null,
  };
}

/**
 * The running measurement session, which is read from the newest samples file; null if this file has not changed since the stage began. A
 * session writes one line for each execution.
 */
function measuringIn(project: string, state: RunState, since: number): Measuring | null {
  const { samples } = runPaths(project, state.run);
  const newest = filesIn(samples)
    .map((name) => ({ name, ...written(project, join(samples, name)) }))
    .filter(({ changed }) => changed >= since)
    .sort((a, b) => b.changed - a.changed)[0];
  if (!newest || !hasContract(state)) return null;
  const contract = contractOf(state);
  const { name: metric, unit, lower_is_better } = contract.metrics.primary;
  const { base, candidate } = valuesOf(readSamples(join(samples, newest.name), sampleSchema), metric);
  const pairs = Math.min(base.length, candidate.length);
  const [a, b] = [base.slice(0, pairs), candidate.slice(0, pairs)];
  const rule = ruleOf(contract, lastStep(state, 'baseline')?.data.test ?? 'mann_whitney');
  const judged = pairs < LEAST_PAIRS || samplesProblem(a, b, rule) ? null : judge(a, b, rule, ALPHA);
  return {
    ...{ session: newest.name.replace(/\.jsonl$/, ''), metric, unit, lower_is_better, base, candidate },
    effect_pct: judged?.improvement_pct ?? null,
    ci95_pct: judged?.ci95_pct ?? null,
  };
}

/** The least number of pairs for an interval with two bounds. */
const LEAST_PAIRS = 4;
/** The significance level for `judge`. Only one-sided bounds depend on the level, and the page shows no one-sided bound. */
const ALPHA = 0.05;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return []; // the folder does not exist before the first measurement
  }
}

function written(project: string, file: string): { changed: number } {
  try {
    return { changed: ownFile(project, file).mtimeMs };
  } catch {
    return { changed: -Infinity };
  }
}
