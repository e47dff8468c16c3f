import { type Alert, fingerprint, firingAlerts } from './alert.ts';
import type { Remembered } from './remembered.ts';
import type { Rule } from './rule.ts';
import { type Quiet, quietOf, type Silence } from './silence.ts';
import { alertWords } from './words.ts';

/** The state of all alerts and rules after the last evaluation. This state is printed as JSON. */
export type Standing = {
  /** When the rules were last evaluated (ISO 8601); null before the first evaluation. */
  looked: string | null;
  alerts: (Alert & { summary: string; quiet: Quiet })[];
  rules: { rule: string; state: 'quiet' | 'pending' | 'firing' | 'no_data' | 'never_seen'; seen: string | null }[];
  silences: readonly Silence[];
};

export function standingOf(
  { state }: Remembered,
  rules: readonly Rule[],
  silences: readonly Silence[],
  now: number,
): Standing {
  const around = { rules, state, silences, now };
  const iso = (t: number | null) => (t === null ? null : new Date(t).toISOString());
  return {
    looked: iso(state.looked),
    alerts: firingAlerts(state)
      .sort((a, b) => (fingerprint(a) < fingerprint(b) ? -1 : 1))
      .map((alert) => ({
        ...alert,
        summary: alertWords(
          alert,
          rules.find(({ name }) => name === alert.rule),
        ),
        quiet: quietOf(alert, around),
      })),
    rules: rules.map(({ name }) => ({
      rule: name,
      state: stateOf(state.rules[name]),
      seen: iso(state.rules[name]?.seen ?? null),
    })),
    silences,
  };
}

function stateOf(rule: Remembered['state']['rules'][string] | undefined): Standing['rules'][number]['state'] {
  if (!rule || rule.seen === null) return 'never_seen';
  const phases = Object.values(rule.series).map(({ phase }) => phase.phase);
  if (phases.includes('firing')) return 'firing';
  if (rule.absent) return 'no_data';
  return phases.includes('pending') ? 'pending' : 'quiet';
}

/** The alerts that are neither silenced nor inhibited. */
export const loudOf = ({ alerts }: Standing) => alerts.filter(({ quiet }) => quiet === null);
