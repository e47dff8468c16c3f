import * as z from 'zod';
import type { AlertState } from './evaluate.ts';
import { carries } from './readings.ts';
import { type Labels, labelsSchema, type Rule } from './rule.ts';

/** The text that gives the reason for a silence can have at most this number of characters. */
export const MOST_REASON = 500;

/**
 * The schema of a silence. A silence mutes alerts until a time (ISO 8601). A silence selects alerts by their rule, by their labels, or by
 * both.
 */
export const silenceSchema = z.strictObject({
  id: z.string().min(1).max(64),
  rule: z.string().max(64).nullable(),
  labels: labelsSchema,
  until: z.iso.datetime(),
  reason: z.string().max(MOST_REASON),
});
export type Silence = z.infer<typeof silenceSchema>;

/** The silence or the inhibition that prevents the sending of an alert. Null if the alert is sent. */
export type Quiet = { by: 'silence'; id: string; until: string } | { by: 'inhibition'; rule: string } | null;

/**
 * Returns the silence or the inhibition that mutes an alert; null if none does. Expired silences have no effect and need not be removed.
 */
export function quietOf(alert: { rule: string; labels: Labels }, { rules, state, silences, now }: Surroundings): Quiet {
  const silence = silences.find(
    ({ rule, labels, until }) =>
      (rule === null || rule === alert.rule) && carries(alert.labels, labels) && now < Date.parse(until),
  );
  if (silence) return { by: 'silence', id: silence.id, until: silence.until };
  const inhibitors = rules.find(({ name }) => name === alert.rule)?.inhibited_by ?? [];
  const rule = inhibitors.find((name) => name !== alert.rule && isFiring(state, name));
  return rule === undefined ? null : { by: 'inhibition', rule };
}

export type Surroundings = {
  rules: readonly Rule[];
  state: AlertState;
  silences: readonly Silence[];
  now: number;
};

const isFiring = ({ rules }: AlertState, name: string) =>
  Object.values(rules[name]?.series ?? {}).some(({ phase }) => phase.phase === 'firing');
