import type { Clock } from './clock.ts';

/** What happens while a run goes on. Stages tell it as data; the command line decides what is shown. */
export type Happening =
  | { kind: 'stage'; stage: string; epoch: number; attempt: number }
  | { kind: 'note'; text: string }
  | { kind: 'progress'; label: string; done: number; total: number; values: number[]; unit: string; started_ms: number }
  | { kind: 'verdict'; attempt: unknown; contract: unknown }
  | { kind: 'waiting'; stage: string; brief: string; draft: string };

/** The world, passed in: nothing below the command line reads the process's own. */
export type World = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  tell(happening: Happening): void;
  /** Raised by Ctrl-C: children are ended, and the run is left so that it resumes. */
  signal: AbortSignal;
};
