import type { Clock } from './clock.ts';

/**
 * An event that is reported during work. The event is data, and the command line decides how to print it. A run reports further kinds of
 * events (see `RunEvent`).
 */
export type Event =
  | { kind: 'note'; text: string }
  /** Files of the project are being copied. Only a copy of many files is reported. */
  | { kind: 'copying'; done: number; total: number }
  | {
      kind: 'progress';
      label: string;
      done: number;
      /** The number of executions at the next look, at which the measurement can end. */
      next: number;
      /** The largest number of executions that the measurement can have. */
      total: number;
      /** Samples of the primary metric so far, by arm. Empty for an arm that is not measured. */
      values: { base: number[]; candidate: number[] };
      unit: string;
      started_ms: number;
      /** How many of the benchmarks of a suite have a verdict so far. */
      decided?: { done: number; of: number };
    };

/**
 * The folder, environment, clock and output of the process, as one argument. Only the command line passes the real environment, clock and
 * output. Tests can pass others.
 */
export type World = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  // `notify` is a property and not a method: only then does the type checker reject a listener that does not accept every event.
  notify: (event: Event) => void;
  /**
   * Aborted by Ctrl-C. When this signal is aborted, child processes are ended, and the run stops in a state that `resume` can continue.
   */
  signal: AbortSignal;
};

/** A listener that puts a name before each note, so that readers can distinguish several tools that report at the same time. */
export const notesOf =
  (name: string, notify: World['notify']): World['notify'] =>
  (event) =>
    notify(event.kind === 'note' ? { ...event, text: `${name}: ${event.text}` } : event);
