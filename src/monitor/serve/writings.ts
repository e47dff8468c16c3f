import * as z from 'zod';
import { HOUR } from '../../core/time.ts';
import { rulesOf } from '../alerts/own-rules.ts';
import { labelsSchema } from '../alerts/rule.ts';
import { MOST_REASON } from '../alerts/silence.ts';
import { addSilence } from '../store/alerts.ts';
import type { Seen } from './views/seen.ts';

/** The response to a request to write. */
export type Writing = { status: number; value: unknown };

/** The schema of a request to silence alerts. `hours`: the duration of the silence, at most four weeks. */
const silenceSchema = z.strictObject({
  rule: z.string().max(64),
  labels: labelsSchema.default({}),
  hours: z.number().positive().max(672),
  reason: z.string().max(MOST_REASON).default(''),
});

function silence(value: unknown, { db, config, now }: Omit<Seen, 'query'>): Writing {
  const asked = silenceSchema.safeParse(value);
  if (!asked.success) return { status: 400, value: { error: z.prettifyError(asked.error) } };
  const { rule, labels, hours, reason } = asked.data;
  if (!rulesOf(config.alerting).some(({ name }) => name === rule))
    return { status: 404, value: { error: 'No rule has this name.' } };
  const until = new Date(now + hours * HOUR).toISOString();
  return { status: 200, value: addSilence(db, { rule, labels, until, reason }) };
}

/** The write operations of the page. The keys are paths below `/api/`, to which the page sends a POST request with the token. */
export const writings = { silence } satisfies Record<string, (value: unknown, seen: Omit<Seen, 'query'>) => Writing>;
