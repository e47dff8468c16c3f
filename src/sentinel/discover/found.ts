import type { Hook } from '../hook.ts';

/** A problem that prevents finding hooks. The fault of a single hook is not a `Problem`: it is stored in the hook's `dead`. */
export type Problem =
  /** Code `unreadable`: Claude Code ignores `file`, for the given reason. */
  | { code: 'unreadable'; file: string; reason: string }
  /** Code `not_installed`: the settings in `file` enable a plugin that is not installed. */
  | { code: 'not_installed'; plugin: string; file: string }
  /** Code `no_such_file`: the hooks file `named`, which the manifest `file` names, does not exist or is outside of the plugin. */
  | { code: 'no_such_file'; plugin: string; file: string; named: string }
  /** Code `too_many`: `file` has too many hooks, and only the first `most` hooks were read. */
  | { code: 'too_many'; file: string; most: number };

/** A hook as found, before all hooks are known: without its id, its time-out, and `runs_as`. */
export type Draft = Omit<Hook, 'id' | 'timeout_s' | 'runs_as'> & { written_s: number | null };

/** The owner of hooks, and the file that declares them. */
export type Origin = Pick<Hook, 'source' | 'plugin' | 'root' | 'file'>;

export type Drafts = { hooks: Draft[]; problems: Problem[] };

export const together = (parts: readonly Drafts[]): Drafts => ({
  hooks: parts.flatMap(({ hooks }) => hooks),
  problems: parts.flatMap(({ problems }) => problems),
});

export const onlyProblem = (problem: Problem): Drafts => ({ hooks: [], problems: [problem] });
