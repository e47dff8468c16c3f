import type { Clock } from './clock.ts';

/** What the tools report while they work, as data: the command line decides how it is shown. A run reports more than they do. */
export type Event =
  | { kind: 'note'; text: string }
  /** Files of the project are copied: only told of where there are many. */
  | { kind: 'copying'; done: number; total: number }
  | {
      kind: 'progress';
      label: string;
      done: number;
      /** The executions at the next look, where the measurement may end. */
      next: number;
      /** The most executions that it can take. */
      total: number;
      /** Of the primary metric so far, by arm; empty for an arm that is not measured. */
      values: { base: number[]; candidate: number[] };
      unit: string;
      started_ms: number;
      /** How many benchmarks of a suite are decided so far. */
      decided?: { done: number; of: number };
    };

/** The process's surroundings, passed in: only the command line reads the real ones. */
export type World = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  // A property, not a method: so the type checker rejects a listener that does not know every event.
  notify: (event: Event) => void;
  /** Raised by Ctrl-C. Child processes are then ended, and the run stops where it can be resumed. */
  signal: AbortSignal;
};
