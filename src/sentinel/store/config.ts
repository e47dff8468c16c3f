import { z } from 'zod';
import { failure } from '../../core/errors.ts';
import { cut, oneLine } from '../../core/text.ts';
import { readJson } from '../discover/read-json.ts';
import { sentinelHome } from './home.ts';
import { sentinelPaths } from './paths.ts';

const bool = (otherwise: boolean) => z.boolean().default(otherwise);
const from = (least: number, most: number, otherwise: number) => z.number().min(least).max(most).default(otherwise);

/** `config.json`: every key is optional. Times in ms. */
const schema = z.strictObject({
  metrics: z
    .strictObject({
      /** Whether the hook that `sentinel record on` installs records sessions. */
      enabled: bool(true),
      /** The number of days for which records of sessions are kept. */
      retention_days: z.int().min(1).max(36_500).default(30),
    })
    .prefault({}),
  thresholds: z
    .strictObject({
      /** The smallest change that a comparison calls a regression. */
      regression_percent: from(0.1, 1000, 10),
      /** The time in ms above which a hook is marked as slow. */
      slow_hook_ms: from(1, 3_600_000, 100),
      /** The wait for hooks in ms above which the start of a session counts as slow. */
      slow_session_ms: from(1, 3_600_000, 500),
    })
    .prefault({}),
  external_tools: z
    .strictObject({
      prefer_hyperfine: bool(false),
      /**
       * Whether hooks are also run under strace, which counts the programs that the hooks start. The times of executions under strace are
       * not used.
       */
      use_strace: bool(true),
    })
    .prefault({}),
  notifications: z.strictObject({ on_regression: bool(true), on_slow_session: bool(false) }).prefault({}),
});

/** The user's settings: the keys of the settings file, and `verbose`. */
export type SentinelConfig = z.infer<typeof schema> & { verbose: boolean };

const truths = new Map([
  ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
]);

/**
 * The settings in effect: environment variables override the file, and the file overrides the defaults. The options of a command override
 * all settings, but this function does not read these options.
 * @throws sentinel_config_invalid, sentinel_variable_invalid
 */
export function sentinelConfig(env: NodeJS.ProcessEnv): SentinelConfig {
  const file = readConfig(sentinelPaths(sentinelHome(env)).config);
  const enabled = truthOf('PERF_SENTINEL_ENABLED', env);
  const threshold = percentOf('PERF_SENTINEL_THRESHOLD', env);
  return {
    ...file,
    metrics: { ...file.metrics, enabled: enabled ?? file.metrics.enabled },
    thresholds: { ...file.thresholds, regression_percent: threshold ?? file.thresholds.regression_percent },
    verbose: truthOf('PERF_SENTINEL_VERBOSE', env) ?? false,
  };
}

function readConfig(file: string): z.infer<typeof schema> {
  const door = readJson(file);
  if (door.state === 'refused') throw failure('sentinel_config_invalid', { file, issues: [door.reason] });
  const { success, data, error } = schema.safeParse(door.state === 'read' ? door.value : {});
  if (success) return data;
  throw failure('sentinel_config_invalid', { file, issues: error.issues.map(issueText) });
}

/**
 * A fault in the settings file, as `thresholds.slow_hook_ms: expected number`. For an unknown key, the fault contains the whole path of the
 * key.
 */
function issueText(issue: z.core.$ZodIssue): string {
  const at = (path: readonly PropertyKey[]) => path.map(String).join('.') || 'the whole';
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `${at([...issue.path, key])}: unknown key`).join('; ')
    : `${at(issue.path)}: ${issue.message}`;
}

function truthOf(name: string, env: NodeJS.ProcessEnv): boolean | undefined {
  const value = env[name];
  if (value === undefined || value === '') return undefined;
  const truth = truths.get(value.toLowerCase());
  if (truth === undefined)
    throw failure('sentinel_variable_invalid', { name, value: cut(oneLine(value), 40), expected: 'true or false' });
  return truth;
}

function percentOf(name: string, env: NodeJS.ProcessEnv): number | undefined {
  const value = env[name];
  if (value === undefined || value === '') return undefined;
  const percent = /^\d+(\.\d+)?%?$/.test(value) ? Number.parseFloat(value) : Number.NaN;
  if (percent >= 0.1 && percent <= 1000) return percent;
  const expected = 'a percentage from 0.1 to 1000, such as 10';
  throw failure('sentinel_variable_invalid', { name, value: cut(oneLine(value), 40), expected });
}
