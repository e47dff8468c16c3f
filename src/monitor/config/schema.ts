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

/**
 * An address of this machine. perf-gate forwards telemetry only to this machine. A collector on this machine can send the telemetry to
 * other machines.
 */
const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/?$/;

export const configSchema = z.strictObject({
  enabled: on('With `false`, `monitor start` refuses to start.'),
  collection_level: z
    .enum(levels)
    .default('standard')
    .describe(
      'The events to store: `minimal` (hooks), `standard` (also turns, models, tools and agents), `detailed` (also permissions, plugins and declared hooks).',
    ),
  metrics: z
    .strictObject({
      execution_time: on('Times of turns, models, tools, permissions and hooks.'),
      resource_usage: on('Processor, memory and disk use of the client.'),
      agent_performance: on('Times of subagents.'),
      test_performance: on('Test runs.'),
      cache_performance: on('Tokens that models read from their cache.'),
    })
    .prefault({}),
  analytics: z
    .strictObject({
      trend_analysis: on('Whether reports search for trends.'),
      regression_detection: on('Whether the monitor searches for slowdowns and opens a case for each.'),
      confirm: z
        .enum(['ask', 'auto'])
        .default('ask')
        .describe(
          'When suspected slowdowns are measured. `auto`: the service measures while the machine is idle. `ask`: only `monitor regressions --confirm` measures.',
        ),
      bottleneck_detection: on('Whether reports show the activities that delayed turns.'),
      optimization_suggestions: on('Whether `monitor optimize` makes suggestions.'),
    })
    .prefault({}),
  alerting: z
    .strictObject({
      enabled: on('Whether rules are evaluated.'),
      thresholds: z
        .strictObject({
          execution_time_warning: seconds(
            20,
            'A warning fires if the 95th percentile of hook waits exceeds this limit, in seconds.',
          ),
          execution_time_critical: seconds(
            40,
            'A critical alert fires if the 95th percentile of hook waits exceeds this limit, in seconds.',
          ),
          success_rate_warning: share(
            0.9,
            'A warning fires if the share of successful hooks, from 0 to 1, is below this limit.',
          ),
          success_rate_critical: share(
            0.8,
            'A critical alert fires if the share of successful hooks, from 0 to 1, is below this limit.',
          ),
          cpu_warning: percent(
            85,
            'A warning fires if a client and its child processes use more than this share of all cores, in per cent.',
          ),
          cpu_critical: percent(
            97,
            'A critical alert fires if a client and its child processes use more than this share of all cores, in per cent.',
          ),
          memory_warning: percent(
            60,
            'A warning fires if a client and its child processes use more than this share of the memory, in per cent.',
          ),
          memory_critical: percent(
            85,
            'A critical alert fires if a client and its child processes use more than this share of the memory, in per cent.',
          ),
          disk_warning: amount(
            100,
            'A warning fires if the disk reads and writes of a client and its child processes exceed this limit, in MB per second.',
          ),
          disk_critical: amount(
            400,
            'A critical alert fires if the disk reads and writes of a client and its child processes exceed this limit, in MB per second.',
          ),
          load_warning: amount(2, 'The machine counts as busy if its load exceeds this limit, in processes per core.'),
        })
        .prefault({}),
      rules: z
        .array(ruleSchema)
        .max(100)
        .default([])
        .describe(
          'Further rules, in addition to the rules that the thresholds define. If two rules have the same name, the rule from this list applies.',
        ),
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
      retention_days: days(30, 'Days for which single events are kept.'),
      hourly_days: days(400, 'Days for which hourly figures are kept; daily figures are kept forever.'),
      compression: on('Whether the attributes of events are compressed.'),
      max_storage_mb: z
        .int()
        .min(8)
        .default(1024)
        .describe('The largest size of the database in MB; above this size, the oldest days are deleted.'),
    })
    .prefault({}),
  notifications: z
    .strictObject({
      receivers: z
        .array(receiverSchema)
        .max(20)
        .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'receivers with different names')
        .default([])
        .describe('The receivers of alerts.'),
    })
    .prefault({}),
  receiver: z
    .strictObject({
      otlp_port: port(4318, 'The port to which Claude Code sends its telemetry.'),
      forward_to: z
        .string()
        .regex(loopback, 'an address of this machine, such as http://127.0.0.1:4319')
        .optional()
        .describe('Another collector on this machine, to which all telemetry is forwarded.'),
    })
    .prefault({}),
});

export type MonitorConfig = z.infer<typeof configSchema>;

/** The configuration as it is written in the file, with times as texts. */
export const writtenConfig = (config: MonitorConfig): z.input<typeof configSchema> => z.encode(configSchema, config);

/** The JSON Schema of the configuration file, for editors. */
export const configJsonSchema = (): JsonSchema =>
  z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' }) as JsonSchema;
