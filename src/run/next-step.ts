import type { Glance } from '../record/glance.ts';
import { stageFacts } from '../record/stages.ts';

/** The command that a person should run next. */
export function nextStep({
  ended,
  paused,
  stage,
  hasContract,
}: Omit<Glance, 'run' | 'task' | 'branch' | 'attempts'>): string {
  if (ended === 'completed') return 'perf-gate finish (makes the branch ready for review), perf-gate report';
  if (ended) return 'perf-gate show';
  if (paused) return 'perf-gate resume';
  const { by, asksApproval } = stageFacts(stage);
  if (asksApproval && hasContract) return 'perf-gate approve';
  return by === 'actor' ? 'perf-gate next (shows the brief), then perf-gate submit' : 'perf-gate next';
}
