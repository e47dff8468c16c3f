import type { Reading } from './readings.ts';
import type { Rule, Severity } from './rule.ts';

/**
 * The state of one series of a rule; an inactive series has none. Times are milliseconds since 1970. `pending`: the condition holds, but
 * not yet for long enough. `firing`: it held long enough, and held recently.
 */
export type Phase =
  | { phase: 'pending'; since: number; value: number }
  | {
      phase: 'firing';
      /** When the condition began to hold. `fired`: when the alert began to fire. */
      since: number;
      fired: number;
      /** When the condition last held, and `value` at that time. */
      held: number;
      value: number;
      severity: Severity;
    };

/** Why an alert is over: its condition no longer holds, values are missing, or its rule was changed or removed. */
export const endings = ['recovered', 'no_data', 'rule_changed'] as const;
export type Ending = (typeof endings)[number];

/** A new phase (null: inactive) and the change that led to it. */
export type Step = { phase: Phase | null; happened: 'fired' | 'escalated' | 'resolved' | null; ending?: Ending };

/**
 * One evaluation of one series. `unbroken`: the last evaluation was so recent that the condition can be assumed to have held since.
 * Otherwise, for example after the machine slept, the wait restarts. An unknown condition (null) ends a wait, because there is no evidence
 * that the condition held. It ends a firing alert only after `keep_firing_for`. A clock that was set back makes nothing older.
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
