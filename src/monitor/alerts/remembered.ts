import { existsSync } from 'node:fs';
import * as z from 'zod';
import { readUserFile } from '../../core/user-file.ts';
import { type AlertState, noAlerts } from './evaluate.ts';
import type { Told } from './notices.ts';
import { endings } from './phase.ts';
import { labelsSchema, severities } from './rule.ts';

/** The state of the alerts, and the last message about each rule. The service writes both after each evaluation. */
export type Remembered = { state: AlertState; told: Told };

const time = z.number();
const severity = z.enum(severities);
const alert = z.object({
  rule: z.string(),
  labels: labelsSchema,
  severity,
  value: z.number().nullable(),
  began: time,
  ended: time.nullable(),
  ending: z.enum(endings).optional(),
});
const phase = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('pending'), since: time, value: z.number() }),
  z.object({ phase: z.literal('firing'), since: time, fired: time, held: time, value: z.number(), severity }),
]);
const schema = z.object({
  state: z.object({
    looked: time.nullable(),
    rules: z.record(
      z.string(),
      z.object({
        definition: z.string(),
        seen: time.nullable(),
        absent: z.boolean(),
        series: z.record(z.string(), z.object({ labels: labelsSchema, phase })),
      }),
    ),
  }),
  told: z.record(z.string(), z.object({ at: time, alerts: z.record(z.string(), alert) })),
});

const MOST_BYTES = 16 * 1024 * 1024;

/** Reads the stored state of the alerts. If the file is missing or unreadable, returns an empty state, so that all alerts start anew. */
export function remembered(file: string): Remembered {
  const nothing: Remembered = { state: noAlerts, told: {} };
  if (!existsSync(file)) return nothing;
  try {
    return schema.parse(JSON.parse(readUserFile(file, MOST_BYTES).toString('utf8')));
  } catch {
    return nothing;
  }
}
