import type { Hook } from '../hook.ts';

/** What stands in the way of finding hooks, and is itself no hook. */
export type Problem =
  /** The client takes nothing from this file. */
  | { code: 'unreadable'; file: string; reason: string }
  /** Settings enable a plugin that is not there. */
  | { code: 'not_installed'; plugin: string; file: string }
  /** A manifest names a file of hooks that is not there, or lies outside the plugin. */
  | { code: 'no_such_file'; plugin: string; file: string; named: string }
  /** Only the first hooks of the file were read. */
  | { code: 'too_many'; file: string; most: number };

/** A hook before all of them are known: without its name, its time-out, and what runs in its place. */
export type Draft = Omit<Hook, 'id' | 'timeout_s' | 'runs_as'> & { written_s: number | null };

/** Whose hooks they are, and where they stand. */
export type Origin = Pick<Hook, 'source' | 'plugin' | 'root' | 'file'>;

export type Drafts = { hooks: Draft[]; problems: Problem[] };

export const together = (parts: readonly Drafts[]): Drafts => ({
  hooks: parts.flatMap(({ hooks }) => hooks),
  problems: parts.flatMap(({ problems }) => problems),
});

export const onlyProblem = (problem: Problem): Drafts => ({ hooks: [], problems: [problem] });
