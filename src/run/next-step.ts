import type { Glance } from '../record/glance.ts';

/** The command that a person calls next. */
export function nextStep({
  ended,
  paused,
  stage,
  hasContract,
}: Omit<Glance, 'run' | 'task' | 'branch' | 'attempts'>): string {
  if (ended === 'completed') return 'perf-gate finish (makes the branch ready for review), perf-gate report';
  if (ended) return 'perf-gate show';
  if (paused) return 'perf-gate resume';
  if (stage === 'scoping' && hasContract) return 'perf-gate approve';
  if (stage === 'scoping' || stage === 'fix' || stage === 'hotspots')
    return 'perf-gate next (shows the brief), then perf-gate submit';
  return 'perf-gate next';
}
