import { hasContract } from '../record/history.ts';
import type { RunState } from '../record/state.ts';

/** The command that brings a run on, for a person. */
export function nextStep(state: RunState): string {
  if (state.ended === 'completed') return 'perf-gate finish (makes the branch ready for review), perf-gate report';
  if (state.ended) return 'perf-gate show';
  if (state.paused) return 'perf-gate resume';
  if (state.stage === 'scoping')
    return hasContract(state) ? 'perf-gate approve' : 'perf-gate next (shows the brief), then perf-gate submit';
  if (state.stage === 'fix' || state.stage === 'hotspots')
    return 'perf-gate next (shows the brief), then perf-gate submit';
  return 'perf-gate next';
}
