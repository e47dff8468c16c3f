import * as z from 'zod';
import type { JsonSchema } from '../../contract/json-schema.ts';
import { receiverSchema } from '../alerts/receivers/receiver.ts';
import { ruleSchema } from '../alerts/rule.ts';
import { levels } from '../otlp/told.ts';

const on = (about: string) => z.boolean().default(true).describe(about);
const days = (otherwise: number, about: string) => z.int().min(1).max(3650).default(otherwise).describe(about);
const port = (otherwise: number, about: string) => z.int().min(1).max(65_535).default(otherwise).describe(about);
const seconds = (otherwise: number, about: string) => z.number().positive().default(otherwise).describe(about);
const percent = (otherwise: number, about: string) => z.number().positive().max(100).default(otherwise).describe(about);
const amount = (otherwise: number, about: string) => z.number().positive().default(otherwise).describe(about);
const share = (otherwise: number, about: string) => z.number().min(0).max(1).default(otherwise).describe(about);

/** Telemetry goes to no other machine: a collector here may pass it on. */
const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/?$/;

export const configSchema = z.strictObject({
  enabled: on('`false`: `monitor start` refuses.'),
  collection_level: z
    .enum(levels)
    .default('standard')
    .describe(
      'How much is kept: `minimal` (hooks), `standard` (also turns, models, tools and agents), `detailed` (also permissions, plugins and declared hooks).',
    ),
  metrics: z
    .strictObject({
      execution_time: on('Times of turns, models, tools, permissions and hooks.'),
      resource_usage: on('Processor, memory and disk of the client.'),
      agent_performance: on('Times of subagents.'),
      test_performance: on('Runs of tests.'),
      cache_performance: on('Tokens that models read from their cache.'),
    })
    .prefault({}),
  analytics: z
    .strictObject({
      trend_analysis: on('Whether trends are looked for in reports.'),
      regression_detection: on('Whether reports look for change points, which open cases.'),
      confirm: z
        .enum(['ask', 'auto'])
        .default('ask')
        .describe(
          'Whether the service measures by itself what a case suspects, while the machine is idle: `auto`; with `ask` only `monitor regressions --confirm` does.',
        ),
      bottleneck_detection: on('Whether reports look for where the time of turns goes.'),
      optimization_suggestions: on('What to change first.'),
    })
    .prefault({}),
  alerting: z
    .strictObject({
      enabled: on('Whether rules are evaluated.'),
      thresholds: z
        .strictObject({
          execution_time_warning: seconds(20, 'Seconds that hooks may take.'),
          execution_time_critical: seconds(40, 'Seconds that hooks may take.'),
          success_rate_warning: share(0.9, 'The least share of successes.'),
          success_rate_critical: share(0.8, 'The least share of successes.'),
          cpu_warning: percent(85, 'Per cent of all cores that one client may take, with what it starts.'),
          cpu_critical: percent(97, 'Per cent of all cores that one client may take, with what it starts.'),
          memory_warning: percent(60, 'Per cent of the memory that one client may take, with what it starts.'),
          memory_critical: percent(85, 'Per cent of the memory that one client may take, with what it starts.'),
          disk_warning: amount(100, 'MB a second that one client may read and write, with what it starts.'),
          disk_critical: amount(400, 'MB a second that one client may read and write, with what it starts.'),
          load_warning: amount(2, 'Processes a core; above it the machine counts as busy.'),
        })
        .prefault({}),
      rules: z
        .array(ruleSchema)
        .max(100)
        .default([])
        .describe('Rules beside those of the thresholds; one of the same name takes its place.'),
    })
    .prefault({}),
  dashboard: z
    .strictObject({
      enabled: on('Whether the page is served.'),
      port: port(8080, 'The port of the page.'),
      refresh_interval: seconds(5, 'Seconds between two updates.'),
    })
    .prefault({}),
  reporting: z
    .strictObject({
      daily_reports: on('Whether the service writes a report of each day.'),
      weekly_summaries: on('Whether the service writes a report of each week.'),
      performance_trends: on('Whether reports show trends.'),
    })
    .prefault({}),
  storage: z
    .strictObject({
      retention_days: days(30, 'How long single events are kept.'),
      hourly_days: days(400, 'How long figures by the hour are kept; those by the day are for ever.'),
      compression: on('Whether the attributes of events are compressed.'),
      max_storage_mb: z
        .int()
        .min(8)
        .default(1024)
        .describe('The largest size of the database; above it, the oldest days are dropped.'),
    })
    .prefault({}),
  notifications: z
    .strictObject({
      receivers: z
        .array(receiverSchema)
        .max(20)
        .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'receivers with names of their own')
        .default([])
        .describe('Whom alerts are told to.'),
    })
    .prefault({}),
  receiver: z
    .strictObject({
      otlp_port: port(4318, 'Where Claude Code sends its telemetry.'),
      forward_to: z
        .string()
        .regex(loopback, 'must be an address of this machine, such as http://127.0.0.1:4319')
        .optional()
        .describe('Another collector on this machine, which gets all telemetry too.'),
    })
    .prefault({}),
});

export type MonitorConfig = z.infer<typeof configSchema>;

/** The configuration as it is written in a file: times are texts again. */
export const writtenConfig = (config: MonitorConfig): z.input<typeof configSchema> => z.encode(configSchema, config);

/** The JSON Schema of the file, for editors. */
export const configJsonSchema = (): JsonSchema =>
  z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' }) as JsonSchema;
