import { count, listed } from '../../core/text.ts';
import { waitWords } from '../baseline/text.ts';
import { milliseconds as ms } from '../words.ts';
import type { Cause } from './cause.ts';
import type { What } from './changes.ts';
import type { Change } from './judge.ts';
import type { ComparedEvent, Comparison, Outcome } from './result.ts';

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  held: 'held',
  flagged: 'flagged',
  regressed: 'regressed',
  undecided: 'undecided',
  same: 'same hooks',
  new: 'new',
  removed: 'removed',
  unlike: 'ended differently',
  not_run: 'not run',
};

/** `+26`, `−5`, `0`. */
export const signed = (value: number): string => {
  const rounded = Math.abs(value) < 10 ? Number(value.toFixed(1)) : Math.round(value);
  return rounded === 0 ? '0' : `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)}`;
};

/** `+26 %`, or `+26 % CPU` if CPU time decides. Empty if the change has no percentage. */
export const percentWords = ({ change_pct, metric }: Change): string =>
  change_pct === null ? '' : `${signed(change_pct)} %${metric === 'cpu' ? ' CPU' : ''}`;

/** A wait of the user in words. For an event outside of the user's waits, the event and its tool, such as `PreToolUse of Bash`. */
export const eventName = ({ wait, event, matched }: Pick<ComparedEvent, 'wait' | 'event' | 'matched'>): string =>
  wait === null ? (matched === null ? event : `${event} of ${matched}`) : waitWords[wait];

/** The verdict of a comparison in one sentence. */
export function verdictWords({ verdict, runs, events, hooks, causes, threshold_pct, cage }: Comparison): string {
  if (cage === null)
    return causes.length === 0 && hooks.every(({ outcome }) => outcome === 'same')
      ? 'Held: no hook or file of a hook changed, so no hook was run.'
      : 'Held.';
  const named = (outcome: Outcome) =>
    listed([
      ...events.filter((one) => one.outcome === outcome).map(eventName),
      ...hooks.filter((one) => one.outcome === outcome).map(({ id }) => id),
    ]);
  switch (verdict) {
    case 'regressed':
      return `Regression: ${named('regressed') || named('unlike')}.${runs[1] > 0 ? ' A second, independent session decided the verdict.' : ''}`;
    case 'undecided':
      return named('undecided')
        ? `Undecided: ${named('undecided')}. More runs (--runs) or a quieter machine may give a verdict.`
        : `Undecided: ${named('unlike') || named('not_run')}: no comparison was possible.`;
    case 'flagged':
      return `Held, but flagged: ${named('flagged')}. A flagged hook or event became slower, but by less than ${threshold_pct} %. A hook that starts more programs is also flagged.`;
    case 'held':
      return `Held: no hook or event became slower by ${threshold_pct} % or more.`;
  }
}

const whatWords: Readonly<Record<What, string>> = {
  command: 'its command',
  matcher: 'its matcher',
  if: 'its condition',
  timeout: 'its time-out',
  runs: 'whether it runs',
  files: 'its files',
};

/** The known facts about a hook that changed, as short texts. */
export function causeFacts({ kind, what, own_script, change_ms, shares, execs, programs, new_hosts }: Cause): string[] {
  const by = change_ms === null ? '' : kind === 'changed' ? `${amount(change_ms)} alone` : ms(Math.abs(change_ms));
  const changed = what.map((one) => (one === 'files' && !own_script ? 'other files of its plugin' : whatWords[one]));
  const counted = execs.baseline !== null && execs.current !== null && execs.baseline !== execs.current;
  const more = Object.entries(programs).map(([name, n]) => `${signed(n)} ${name}`);
  return [
    [kind === 'changed' ? `changed: ${changed.join(', ')}` : `${kind} since then`, by].filter(Boolean).join('; '),
    ...shares
      .filter(({ ms: part }) => Math.abs(part) >= 0.1)
      .map(({ ms: part, ...event }) => `${amount(part)} of ${eventName(event)}`),
    ...(counted ? [`starts ${count(execs.current!, 'program')}, not ${execs.baseline}: ${listed(more)}`] : []),
    ...(new_hosts.length > 0 ? [`now tries to reach ${listed(new_hosts)}`] : []),
  ];
}

/** `+134 ms`, `−2.0 ms`. */
export const amount = (by: number) => `${by < 0 ? '−' : '+'}${ms(Math.abs(by))}`;

/** Which hook to look at first, as a sentence. Empty if no hook became slower. */
export function adviceOf({ verdict, causes }: Comparison): string[] {
  const [first] = causes;
  if (!first || (verdict !== 'regressed' && verdict !== 'flagged')) return [];
  const asynchronous =
    first.new_hosts.length > 0 ? ' Cache the responses from the network, or send the requests in the background.' : '';
  return [`Look at ${first.id} first.${asynchronous} \`perf-gate sentinel audit\` shows what makes hooks slow.`];
}
