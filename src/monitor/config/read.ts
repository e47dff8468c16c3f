import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as z from 'zod';
import { homeOf } from '../../artifact/paths.ts';
import { explain } from '../../contract/explain.ts';
import { pathText } from '../../contract/issue.ts';
import { readYaml } from '../../contract/yaml.ts';
import { failure } from '../../core/errors.ts';
import { readUserFile } from '../../core/user-file.ts';
import { configJsonSchema, type MonitorConfig, projectSchema, userSchema } from './schema.ts';

/** A configuration, and the files that it was read from. */
export type Configured = { config: MonitorConfig; files: string[] };

type Sections = Record<string, unknown>;

/** Longer than anybody writes one. */
const MOST_BYTES = 256 * 1024;

/** The files that are looked for: the user's, whose every key counts, and the project's, which overrides it. */
export const configFiles = (cwd: string, env: NodeJS.ProcessEnv) => ({
  user: join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'perf-gate', 'monitor.yaml'),
  project: join(homeOf(cwd), 'monitor.yaml'),
});

/**
 * The configuration of the monitor here. Keys may stand below `performance_monitoring:`.
 * @throws monitor_config_invalid
 */
export function monitorConfig(cwd: string, env: NodeJS.ProcessEnv): Configured {
  const { user, project } = configFiles(cwd, env);
  const files = [
    { file: user, schema: userSchema },
    { file: project, schema: projectSchema },
  ].filter(({ file }) => existsSync(file));
  const read = files.map(({ file, schema }) => sectionsIn(file, schema));
  return { config: userSchema.parse(read.reduce(merged, {})), files: files.map(({ file }) => file) };
}

function sectionsIn(file: string, schema: z.ZodType): Sections {
  const { data, errors } = readYaml(textOf(file));
  if (errors.length > 0) throw failure('monitor_config_invalid', { file, issues: errors });
  const below = isMapping(data) && Object.keys(data).length === 1 ? data.performance_monitoring : undefined;
  const sections = below ?? data ?? {};
  const parsed = schema.safeParse(sections);
  if (parsed.success) return sections as Sections;
  const issues = parsed.error.issues.flatMap((raw) => explain(raw, sections, configJsonSchema()));
  const lines = issues.map(
    (issue) => `${issue.path.length === 0 ? 'the file' : pathText(issue.path)}: ${issue.message}`,
  );
  const foreign = isMapping(sections) && schema === projectSchema ? usersOnly(sections) : [];
  throw failure('monitor_config_invalid', { file, issues: foreign.length > 0 ? foreign : lines });
}

/** One database serves all projects, so that none of them says how long it keeps what; and a cloned one starts no program. */
const usersOnly = (sections: Sections): string[] =>
  ['storage', 'receiver', 'notifications']
    .filter((name) => name in sections)
    .map((name) => `${name}: a project does not decide this; it belongs into the user’s own monitor.yaml`);

function textOf(file: string): string {
  try {
    return readUserFile(file, MOST_BYTES).toString('utf8');
  } catch (error) {
    throw failure('monitor_config_invalid', { file, issues: [(error as Error).message] });
  }
}

/** Sections of the second over those of the first, key by key. */
function merged(first: Sections, second: Sections): Sections {
  const both = Object.entries(second).map(([name, value]) => [
    name,
    isMapping(value) && isMapping(first[name]) ? merged(first[name], value) : value,
  ]);
  return { ...first, ...Object.fromEntries(both) };
}

const isMapping = (value: unknown): value is Sections =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
