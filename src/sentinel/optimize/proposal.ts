import type { Audit } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import type { Left } from './left.ts';

/** The input on which a run of the hook shows the change: its usual one, an irrelevant one, or a long one. */
export type Shown = 'usual' | 'irrelevant' | 'long';

/** A proposed change, before its saving is computed. */
export type Proposal = {
  /** The rule that found it, or the name of a change that follows from no single finding. */
  rule: string;
  title: string;
  /** Ids. */
  hooks: readonly string[];
  /** The files to change. */
  files: readonly string[];
  action: string;
  /** About how many lines change. */
  effort: number;
  /** The time left of the hooks after the change; null if it saves no time, or an unknown time. */
  left: Left | null;
  /** For hooks that do not end: the least time that the client waits for them, in ms. */
  endless_ms: number | null;
  /** Null if a run of a hook cannot show it, such as a change of the declaration. */
  shown: Shown | null;
};

/** The basis of proposals. `floor_ms`: the least time of any hook that stays. */
export type Basis = { audit: Audit; hooks: readonly Hook[]; floor_ms: number };

/** The most time of a hook that does little more than start, in ms. */
const START_MS = 10;

/** The time that a hook needs to start: that of the fastest here, or 0 if no hook is that fast. */
export function floorOf({ hooks }: Audit): number {
  const times = hooks.flatMap(({ wall_ms, outcomes }) =>
    wall_ms !== null && wall_ms <= START_MS && outcomes.includes('ok') ? [wall_ms] : [],
  );
  return times.length === 0 ? 0 : Math.min(...times);
}

/** The owner of a hook, for titles. */
export const ownerOf = ({ plugin, source }: Hook): string => plugin ?? source;
