import { type HookInput, readInput } from '../../../src/agent/hooks/protocol.ts';
import { type Binding, bound, type HookState } from '../../../src/agent/hooks/state.ts';

/** A run that waits until the session `mine`, which drives it, calls `next`; each test changes one field. */
export const state = (change: Partial<HookState> = {}): HookState => ({
  run: 'a-run',
  stage: 'baseline',
  epoch: 3,
  paused: false,
  waits_for: 'agent',
  by: 'engine',
  next: 'perf-gate next',
  brief_file: null,
  draft: null,
  may_edit: false,
  protected: ['bench.sh', 'test/**'],
  brief: 'the brief',
  ...change,
});

export const binding = (change: Partial<Binding> = {}): Binding => ({ ...bound('a-run', 'mine', '77'), ...change });

export const input = (fields: object = {}): HookInput =>
  readInput(JSON.stringify({ session_id: 'mine', cwd: '/project', ...fields }));
