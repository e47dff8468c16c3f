import type { Audit } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import type { Left } from './left.ts';

/** On what a run of the hook shows the change: its usual input, one that is none of its business, or a long one. */
export type Shown = 'usual' | 'irrelevant' | 'long';

/** Something to do about hooks, before it is known what that saves. */
export type Proposal = {
  /** The rule that found it, or the name of a change that no single finding tells. */
  rule: string;
  title: string;
  /** Ids. */
  hooks: readonly string[];
  /** The files to change. */
  files: readonly string[];
  action: string;
  /** About how many lines change. */
  effort: number;
  /** Null where it saves no time, or where nobody can say. */
  left: Left | null;
  /** For hooks that do not end: how long a person waits for them at least, in ms. */
  endless_ms: number | null;
  /** Null where a run of a hook cannot show it, such as a change of what is declared. */
  shown: Shown | null;
};

/** What proposals are made from. `floor_ms`: no hook that stays takes less. */
export type Basis = { audit: Audit; hooks: readonly Hook[]; floor_ms: number };

/** A hook that takes no longer does little more than start, in ms. */
const START_MS = 10;

/** How long a hook takes that only starts: as long as the fastest here, or 0 where none is that fast. */
export function floorOf({ hooks }: Audit): number {
  const times = hooks.flatMap(({ wall_ms, outcomes }) =>
    wall_ms !== null && wall_ms <= START_MS && outcomes.includes('ok') ? [wall_ms] : [],
  );
  return times.length === 0 ? 0 : Math.min(...times);
}

/** Who a hook belongs to, in titles. */
export const ownerOf = ({ plugin, source }: Hook): string => plugin ?? source;
