import type { Reading } from './readings.ts';
import type { Rule, Severity } from './rule.ts';

/**
 * The state of a series of a rule while the series is pending or firing. Times are milliseconds since 1970. `pending`: the condition holds,
 * but not yet for long enough. `firing`: the condition held for long enough, and it still holds or held recently.
 */
export type Phase =
  | { phase: 'pending'; since: number; value: number }
  | {
      phase: 'firing';
      /** `since`: when the condition began to hold. `fired`: when the alert began to fire. */
      since: number;
      fired: number;
      /** `held`: when the condition last held. `value`: the value of the metric at that time. */
      held: number;
      value: number;
      severity: Severity;
    };

/** Why an alert is over. Either its condition no longer holds, or values are missing, or its rule was changed or removed. */
export const endings = ['recovered', 'no_data', 'rule_changed'] as const;
export type Ending = (typeof endings)[number];

/** The new phase of a series, and what happened in the transition to this phase. An inactive series has the phase null. */
export type Step = { phase: Phase | null; happened: 'fired' | 'escalated' | 'resolved' | null; ending?: Ending };

/**
 * Evaluates one series of a rule. `unbroken`: false if the last evaluation was too long ago, for example because the machine slept. If it
 * is false, a pending alert starts its wait again. A pending alert becomes inactive if its condition does not hold or is unknown (null). A
 * firing alert ends when its condition did not hold or was unknown for the time `keep_firing_for`. If the clock was set back, a recorded
 * time later than `now` counts as `now`.
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
