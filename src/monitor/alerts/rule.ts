import * as z from 'zod';
import { DAY, HOUR, MINUTE } from '../../core/time.ts';

const units = { d: DAY, h: HOUR, m: MINUTE, s: 1000, ms: 1 } as const;
type Unit = keyof typeof units;

const written = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

function millisecondsOf(text: string): number {
  const [, number, unit] = written.exec(text)!;
  return Number(number) * units[unit as Unit];
}

/** Formats a time in the largest unit that divides it evenly, such as `15m`. */
function textOf(ms: number): string {
  if (ms === 0) return '0s';
  const [unit] = (Object.entries(units) as [Unit, number][]).find(([, size]) => ms >= size && ms % size === 0) ?? [
    'ms',
  ];
  return `${ms / units[unit as Unit]}${unit}`;
}

/** The schema of a time such as `30s`, `15m` or `1d`, which is parsed to milliseconds. */
export const time = (about: string) =>
  z
    .codec(z.string().regex(written, 'a number and a unit (ms, s, m, h or d), such as 15m'), z.number(), {
      decode: millisecondsOf,
      encode: textOf,
    })
    .describe(about);

/** The name of the rule. Messages group alerts by this name. */
const name = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, 'a short name that begins with a letter and has only letters, digits, - and _');

export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** The labels that rules, silences and messages may use. */
const labelNames = ['kind', 'name', 'plugin', 'project', 'handler'] as const;
type LabelName = (typeof labelNames)[number];
export type Labels = Partial<Record<LabelName, string>>;

/** A label's value can have at most this number of UTF-16 units. Longer values are cut when events are read. */
export const MOST_LABEL = 200;

export const labelsSchema = z.partialRecord(z.enum(labelNames), z.string().max(MOST_LABEL));

/**
 * The schema of one alerting rule. Keys that Prometheus also has, such as `keep_firing_for`, have the same names as in Prometheus. Times
 * are parsed to milliseconds.
 */
export const ruleSchema = z.strictObject({
  name: name.describe('The name of the alert.'),
  metric: z
    .string()
    .regex(
      /^[a-z_]+\.[a-z_0-9]+$/,
      'a kind of event and one of its metrics, joined by a dot, such as hook_event.duration_ms',
    )
    .describe('A kind of event and one of its metrics, joined by a dot, such as `hook_event.duration_ms`.'),
  where: labelsSchema.default({}).describe('Only events with these labels count.'),
  agg: z
    .enum(['p95', 'mean', 'rate', 'ratio'])
    .describe(
      'The statistic of the values in `window`: 95th percentile, mean, number per minute, or share of successes.',
    ),
  by: z
    .array(z.enum(labelNames))
    .max(3)
    .default([])
    .describe('Each combination of the values of these labels has its own alert.'),
  window: time('The rule evaluates the values of this time span, which ends now.').default(15 * units.m),
  op: z.enum(['>', '>=', '<', '<=']),
  value: z.number(),
  for: time('How long the condition must hold without a break before the alert fires.').default(5 * units.m),
  keep_firing_for: time('How long the alert continues to fire after the condition last held.').default(15 * units.m),
  min_samples: z
    .int()
    .min(0)
    .default(20)
    .describe(
      'The least number of values in `window`. With fewer values, the rule does not evaluate its condition. Does not apply to `rate`.',
    ),
  severity: z.enum(severities).default('warning'),
  escalate_after: time('The time after which a firing warning becomes critical.').optional(),
  inhibited_by: z
    .array(name)
    .default([])
    .describe('Names of other rules. While one of these rules fires, the alerts of this rule are not sent.'),
  absent_after: time('How long values must be missing before an alert reports that they are missing.').default(
    3 * units.d,
  ),
});

export type Rule = z.output<typeof ruleSchema>;
