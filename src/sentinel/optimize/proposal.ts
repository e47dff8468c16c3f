import type { Audit } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import type { Left } from './left.ts';

/** On what a run of the hook shows the change: its usual input, or one that is none of its business. */
export type Shown = 'usual' | 'irrelevant';

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
  /** Null where a run of a hook cannot show it, such as a change of what is declared. */
  shown: Shown | null;
};

/** What proposals are made from. `floor_ms`: no hook that stays takes less than the fastest one here. */
export type Basis = { audit: Audit; hooks: readonly Hook[]; floor_ms: number };

/** The fastest hook that did its work; 0 where nothing was run. */
export function floorOf({ hooks }: Audit): number {
  const times = hooks.flatMap(({ wall_ms, outcomes }) =>
    wall_ms !== null && outcomes.includes('ok') ? [wall_ms] : [],
  );
  return times.length === 0 ? 0 : Math.min(...times);
}

/** Who a hook belongs to, in titles. */
export const ownerOf = ({ plugin, source }: Hook): string => plugin ?? source;
