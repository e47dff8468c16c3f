import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../contract/explain.ts';
import { pathText } from '../../contract/issue.ts';
import { readYaml } from '../../contract/yaml.ts';
import { failure } from '../../core/errors.ts';
import { readUserFile } from '../../core/user-file.ts';
import { configJsonSchema, configSchema, type MonitorConfig } from './schema.ts';

/** A configuration. `file`: the file from which the configuration was read; null if no file exists and the defaults apply. */
export type Configured = { config: MonitorConfig; file: string | null };

/** The largest accepted size of the configuration file. */
const MOST_BYTES = 256 * 1024;

/**
 * The path of the user's configuration file. A project cannot have such a file, because one service serves all projects. A cloned project
 * must not control which data is stored, sent or ignored.
 */
export const configFile = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'perf-gate', 'monitor.yaml');

/**
 * Reads the configuration of the monitor. The keys of the file may be nested below `performance_monitoring:`. @throws
 * monitor_config_invalid
 */
export function monitorConfig(env: NodeJS.ProcessEnv): Configured {
  const file = configFile(env);
  return existsSync(file) ? { config: configIn(file), file } : { config: configSchema.parse({}), file: null };
}

function configIn(file: string): MonitorConfig {
  const { data, errors } = readYaml(textOf(file));
  if (errors.length > 0) throw failure('monitor_config_invalid', { file, issues: errors });
  const below = isMapping(data) && Object.keys(data).length === 1 ? data.performance_monitoring : undefined;
  const sections = below ?? data ?? {};
  const parsed = configSchema.safeParse(sections);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((raw) => explain(raw, sections, configJsonSchema()));
  const lines = issues.map(
    (issue) => `${issue.path.length === 0 ? 'the file' : pathText(issue.path)}: ${issue.message}`,
  );
  throw failure('monitor_config_invalid', { file, issues: lines });
}

function textOf(file: string): string {
  try {
    return readUserFile(file, MOST_BYTES).toString('utf8');
  } catch (error) {
    throw failure('monitor_config_invalid', { file, issues: [(error as Error).message] });
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
