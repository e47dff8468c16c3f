import type { Audit } from '../audit/audit.ts';
import { priorityOf, type Recommendation } from '../audit/recommend.ts';
import type { Hook } from '../hook.ts';
import { superlinearInPayload } from '../rules/superlinear-in-payload.ts';
import type { Frequencies } from './frequencies.ts';
import { fromFindings } from './from-findings.ts';
import { type Impact, impactOf } from './impact.ts';
import type { Estimate } from './interval.ts';
import { type Left, leastOf } from './left.ts';
import { occasionsOf } from './occasions.ts';
import { ofSeveral } from './of-several.ts';
import { floorOf, type Proposal, type Shown } from './proposal.ts';
import { slowOnes } from './slow.ts';
import { type Wait, waitsWith } from './waits.ts';

/** One numbered proposal of the plan. `item`: its number, which `start --from-plan` takes. */
export type Item = Pick<Proposal, 'rule' | 'title' | 'hooks' | 'files' | 'action' | 'effort' | 'endless_ms'> & {
  item: number;
  priority: Recommendation['priority'];
  /** The saving. Null if the change saves no time, or if the saved time is unknown. */
  impact: Impact | null;
  /** The hook and the input on which a measurement shows the change. Null if no measurement can show the change. */
  measured: { hook: string; on: Shown } | null;
};

export type Plan = {
  items: Item[];
  frequencies: Pick<Frequencies, 'from' | 'days'>;
  /**
   * The saving of all items together: the user's waits now and after all changes, and the minutes per day. The saving is computed from the
   * executions of the sets, so that no saving counts twice.
   */
  total: { waits: Wait[]; minutes_a_day: Estimate };
  /** The numbers of the items, in the recommended order. */
  order: { first: number[]; next: number[]; last: number[] };
};

/**
 * Makes a plan from an audit and from how often events happen. Items that save the most time for the least work come first. `hooks`: the
 * hooks that the audit ran.
 */
export function planOf(audit: Audit, hooks: readonly Hook[], frequencies: Frequencies): Plan {
  const basis = { audit, hooks, floor_ms: floorOf(audit) };
  const own = new Set(hooks.filter(({ source }) => source === 'project' || source === 'local').map(({ id }) => id));
  const everywhere = occasionsOf(audit.events, hooks, frequencies.everywhere);
  const here = occasionsOf(audit.events, hooks, frequencies.here);
  const savedBy = (left: Left) => impactOf(left, [...left.keys()].every((id) => own.has(id)) ? here : everywhere);
  const found = [...fromFindings(basis), ...ofSeveral(basis)];
  const proposals = [...found, ...slowOnes(basis, found)];
  const items = proposals
    .map((proposal) => weighed(proposal, proposal.left && savedBy(proposal.left), audit))
    .toSorted(byWorth)
    .map((one, i) => ({ item: i + 1, ...one }));
  const left = leastOf(proposals.flatMap(({ left }) => left ?? []));
  const of = (...priorities: number[]) =>
    items.filter((one) => priorities.includes(one.priority)).map(({ item }) => item);
  return {
    items,
    frequencies: { from: frequencies.from, days: frequencies.days },
    total: {
      waits: waitsWith(audit.events, audit.hooks, left),
      minutes_a_day: savedBy(left).minutes_a_day,
    },
    order: { first: of(1), next: of(2), last: of(3, 4) },
  };
}

type Weighed = Omit<Item, 'item'>;

/**
 * Determines the priority of a proposal. If a hook's time grows faster than its input, the saving has no upper limit, because a long file
 * makes the hook arbitrarily slow.
 */
function weighed({ left: _, shown, ...proposal }: Proposal, impact: Impact | null, { hooks }: Audit): Weighed {
  const most = proposal.endless_ms ?? impact?.events[0]?.saved_ms.value ?? null;
  const slowest = hooks
    .filter(({ id, dead }) => proposal.hooks.includes(id) && dead === null)
    .toSorted((a, b) => (b.wall_ms ?? 0) - (a.wall_ms ?? 0))[0];
  return {
    ...proposal,
    priority: priorityOf(proposal.rule === superlinearInPayload.id ? Infinity : most, proposal.effort),
    impact,
    measured: shown && slowest ? { hook: slowest.id, on: shown } : null,
  };
}

/** Within a priority, items for hooks that do not end come first. */
const byWorth = (a: Weighed, b: Weighed) =>
  a.priority - b.priority ||
  (b.endless_ms ?? 0) - (a.endless_ms ?? 0) ||
  minutesOf(b) - minutesOf(a) ||
  a.effort - b.effort;

const minutesOf = ({ impact }: Weighed) => impact?.minutes_a_day.value ?? 0;
