import { type HookInput, readInput } from '../../../src/agent/hooks/input.ts';
import { type Binding, bound, type HookState } from '../../../src/agent/hooks/state.ts';

/** A run at an actor's stage whose brief was printed. */
export const atFix: HookState = {
  run: 'r1',
  stage: 'fix',
  epoch: 5,
  paused: false,
  waits_for: 'agent',
  by: 'actor',
  next: 'perf-gate next',
  brief_file: '.perf-gate/local/r1/fix.brief.md',
  draft: '.perf-gate/local/r1/fix.draft.md',
  may_edit: true,
  protected: ['bench.sh', 'test/**'],
  brief: 'Run r1: make it faster\nIt stands at fix, attempt 1.\nNext: perf-gate next',
};

/** A run at a stage of the engine. */
export const atRemeasure: HookState = {
  ...atFix,
  stage: 'remeasure',
  epoch: 6,
  by: 'engine',
  next: 'perf-gate next --detach',
  brief_file: null,
  draft: null,
  may_edit: false,
};

/** The session `s1` drives it, from the client's process 77. */
export const driver: Binding = bound('r1', 's1', '77');

/** What the client of `s1` writes to a hook's stdin. */
export const from = (told: object): HookInput => readInput(JSON.stringify({ session_id: 's1', cwd: '/p', ...told }));
