import type { Audit } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import type { Left } from './left.ts';

/** The kind of input on which a measurement of the hook shows the change: its usual input, an irrelevant one, or a long one. */
export type Shown = 'usual' | 'irrelevant' | 'long';

/** A proposed change whose saving is not yet computed. */
export type Proposal = {
  /** The id of the rule whose finding led to the proposal. If the change does not follow from a single finding, the id of the change. */
  rule: string;
  title: string;
  /** Ids. */
  hooks: readonly string[];
  /** The files to change. */
  files: readonly string[];
  action: string;
  /** The approximate number of lines to change. */
  effort: number;
  /** The time that each hook still takes after the change. Null if the change saves no time, or if the saved time is unknown. */
  left: Left | null;
  /** The least time that Claude Code waits for hooks that do not end, in ms. */
  endless_ms: number | null;
  /**
   * The hook and the kind of input on which the change is measured. Null if a measurement cannot show the change, for example a change of
   * the declaration.
   */
  shown: Shown | null;
};

/** The data from which proposals are made. `floor_ms`: the least time that any hook still takes after a change. */
export type Basis = { audit: Audit; hooks: readonly Hook[]; floor_ms: number };

/** A hook that takes at most this time, in ms, does little more than start. */
const START_MS = 10;

/** The time that a hook needs to start: the time of the audit's fastest hook. 0 if even the fastest hook takes longer than `START_MS`. */
export function floorOf({ hooks }: Audit): number {
  const times = hooks.flatMap(({ wall_ms, outcomes }) =>
    wall_ms !== null && wall_ms <= START_MS && outcomes.includes('ok') ? [wall_ms] : [],
  );
  return times.length === 0 ? 0 : Math.min(...times);
}

/** The owner of a hook, as text for titles. */
export const ownerOf = ({ plugin, source }: Hook): string => plugin ?? source;
