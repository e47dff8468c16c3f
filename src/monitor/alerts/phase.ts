import type { Reading } from './readings.ts';
import type { Rule, Severity } from './rule.ts';

/**
 * Where one series of a rule stands. Times are milliseconds since 1970. A series that is in neither phase has no state.
 * `pending`: the condition holds, but not for long enough. `firing`: it held long enough, and held lately.
 */
export type Phase =
  | { phase: 'pending'; since: number; value: number }
  | {
      phase: 'firing';
      /** When the condition began to hold, and when the alert fired. */
      since: number;
      fired: number;
      /** When it was last seen to hold; the value then. */
      held: number;
      value: number;
      severity: Severity;
    };

/** Why an alert is over: it was seen not to hold, nothing was seen any more, or its rule is not what it was. */
export const endings = ['recovered', 'no_data', 'rule_changed'] as const;
export type Ending = (typeof endings)[number];

/** A phase and what led to it; null is inactive. */
export type Step = { phase: Phase | null; happened: 'fired' | 'escalated' | 'resolved' | null; ending?: Ending };

/**
 * One look. `unbroken`: the look before was so short ago that the condition may be taken to have held between; after a night of sleep it
 * may not, and waiting begins anew. Unknown ends a wait, because nothing then shows that the condition held, but ends no alert before
 * `keep_firing_for` is over. A clock that was set back makes nothing older.
 */
export function step(rule: Rule, before: Phase | null, reading: Reading, { now, unbroken }: Look): Step {
  if (before?.phase === 'firing') return ofFiring(rule, before, reading, now);
  if (!reading.holds) return { phase: null, happened: null };
  const since = before && unbroken ? Math.min(before.since, now) : now;
  if (now - since < rule.for) return { phase: { phase: 'pending', since, value: reading.value }, happened: null };
  const { value } = reading;
  return {
    phase: { phase: 'firing', since, fired: now, held: now, value, severity: rule.severity },
    happened: 'fired',
  };
}

export type Look = { now: number; unbroken: boolean };

function ofFiring(rule: Rule, before: Extract<Phase, { phase: 'firing' }>, reading: Reading, now: number): Step {
  const held = reading.holds ? now : Math.min(before.held, now);
  if (!reading.holds && now - held >= rule.keep_firing_for) {
    return { phase: null, happened: 'resolved', ending: reading.holds === null ? 'no_data' : 'recovered' };
  }
  const value = reading.holds ? reading.value : before.value;
  const late = rule.escalate_after !== undefined && now - before.fired >= rule.escalate_after;
  const severity = late ? 'critical' : before.severity;
  return {
    phase: { ...before, held, value, severity },
    happened: severity === before.severity ? null : 'escalated',
  };
}
