import type { Clock } from './clock.ts';

/**
 * An event that is reported during work. The event is data, and the command line decides how to print it. During a run, there are more
 * kinds of events.
 */
export type Event =
  | { kind: 'note'; text: string }
  /** Files of the project are being copied. This event occurs only if there are many files. */
  | { kind: 'copying'; done: number; total: number }
  | {
      kind: 'progress';
      label: string;
      done: number;
      /** The number of executions at the next look, at which the measurement can end. */
      next: number;
      /** The most executions that the measurement can take. */
      total: number;
      /** Samples of the primary metric so far, by arm. Empty for an arm that is not measured. */
      values: { base: number[]; candidate: number[] };
      unit: string;
      started_ms: number;
      /** The number of benchmarks of a suite that are decided so far. */
      decided?: { done: number; of: number };
    };

/** The surroundings of the process. Callers pass the surroundings in; only the command line reads the real ones. */
export type World = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  // A property, not a method, so that the type checker rejects a listener that does not know every event.
  notify: (event: Event) => void;
  /**
   * Raised by Ctrl-C. When this signal is raised, child processes are ended, and the run stops in a state that `resume` can continue.
   */
  signal: AbortSignal;
};

/** A listener that puts a name before each note, for several tools that report at the same time. */
export const notesOf =
  (name: string, notify: World['notify']): World['notify'] =>
  (event) =>
    notify(event.kind === 'note' ? { ...event, text: `${name}: ${event.text}` } : event);
