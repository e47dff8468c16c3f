import type { Clock } from './clock.ts';

/** What happens during a run, as data: the command line decides how it is shown. */
export type Event =
  | { kind: 'stage'; stage: string; epoch: number; attempt: number }
  | { kind: 'note'; text: string }
  | { kind: 'progress'; label: string; done: number; total: number; values: number[]; unit: string; started_ms: number }
  | { kind: 'verdict'; attempt: unknown; contract: unknown }
  | { kind: 'waiting'; stage: string; brief: string; draft: string };

/** The process's surroundings, passed in: only the command line reads the real ones. */
export type World = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  notify(event: Event): void;
  /** Raised by Ctrl-C. Child processes are then ended, and the run stops where it can be resumed. */
  signal: AbortSignal;
};
