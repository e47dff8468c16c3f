import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { removeFile, writeDurable } from '../../core/fs.ts';
import { sha256 } from '../../core/hash.ts';
import { realInside } from '../../core/locate.ts';
import { oneLine } from '../../core/text.ts';
import { readUserFile } from '../../core/user-file.ts';
import { homeOf, projectHomeOf } from '../../sentinel/discover/settings.ts';
import { makeHome } from '../home.ts';
import { refuseForeign } from './elsewhere.ts';
import { type Env, envIn, withEnv, withoutEnv } from './settings-text.ts';

/** The scopes of settings. `user`: one user in all projects. `project`: all users of a project. `local`: one user in one project. */
export const scopes = ['user', 'project', 'local'] as const;
type Scope = (typeof scopes)[number];

/** The variables that make Claude Code send its telemetry to the monitor. The setup writes only these variables and adds no hooks. */
export const telemetryEnv = (port: number): Env => ({
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
});

/**
 * A planned change of a settings file. `text`: the present text. `after`: the whole new text, equal to `text` if there is nothing to do. In
 * `variables`, `before` is the former value of a variable, or null.
 */
export type Planned = {
  file: string;
  text: string;
  after: string;
  variables: { name: string; before: unknown; after: string | null }[];
};

/** The data that is stored to undo a setup. `before`: the text of the file before the setup; null if the file did not exist. */
const remembered = z.object({
  file: z.string(),
  before: z.nullable(z.string()),
  after_hash: z.string(),
  /** The values that the setup wrote, by variable. */
  written: z.record(z.string(), z.string()),
  /** The former values by variable. Variables that did not exist are absent. */
  former: z.record(z.string(), z.unknown()),
});

type Memory = z.infer<typeof remembered>;

/** The variables whose values are still those of the setup. A variable that the user changed after the setup is not included. */
const oursIn = (now: Record<string, unknown>, memory: Memory | undefined): string[] =>
  Object.entries(memory?.written ?? {}).flatMap(([name, value]) => (now[name] === value ? [name] : []));

type Where = { cwd: string; env: NodeJS.ProcessEnv; scope: Scope; home: string };

/**
 * Plans the change of a settings file that makes sessions send their telemetry to a port. @throws monitor_settings_refused if the file
 * cannot be changed without loss, is a link out of the project, or configures another collector
 */
export function planSetup(where: Where, port: number, replace: boolean): Planned {
  const { file, text } = read(where);
  const wanted = telemetryEnv(port);
  return guarded(file, () => {
    const now = envIn(text);
    refuseForeign(now, wanted, replace);
    const others = Object.keys(wanted).filter((name) => now[name] !== undefined && now[name] !== wanted[name]);
    const ours = oursIn(now, rememberedOf(where, file));
    const foreign = others.filter((name) => !ours.includes(name));
    if (foreign.length > 0 && !replace)
      throw new Error(
        `it sets ${foreign.join(', ')} for another collector (--replace overwrites the values, and --undo restores them)`,
      );
    const variables = Object.entries(wanted).map(([name, after]) => ({ name, before: now[name] ?? null, after }));
    return { file, text, after: withEnv(text, wanted), variables: variables.filter((v) => v.before !== v.after) };
  });
}

/**
 * Plans the change of a settings file that undoes a setup. Changes that the user made after the setup are kept. @throws
 * monitor_settings_refused, monitor_not_set_up
 */
export function planUndo(where: Where): Planned {
  const { file, text } = read(where);
  const memory = rememberedOf(where, file);
  if (!memory) throw failure('monitor_not_set_up', { file });
  return guarded(file, () => {
    const now = envIn(text);
    const variables = oursIn(now, memory).map((name) => {
      const former = memory.former[name];
      return { name, before: now[name], after: former === undefined ? null : asText(former) };
    });
    return { file, text, after: asBefore(text, memory) ?? '', variables };
  });
}

/**
 * The text of a settings file without the setup. If the user has not changed the file since the setup, the result is exactly the former
 * text. If the user has changed the file, the result is the present text without the variables of the setup.
 */
function asBefore(text: string, memory: Memory): string | null {
  const { before, after_hash, former } = memory;
  if (sha256(text) === after_hash) return before;
  const names = oursIn(envIn(text), memory);
  if (names.length === 0) return text;
  const still = Object.entries(former).filter(([name]) => names.includes(name));
  const keepsEnv = before !== null && 'env' in (JSON.parse(before) as object);
  return withoutEnv(text, names, Object.fromEntries(still), keepsEnv);
}

/**
 * Stores the data to undo a planned setup, and writes the setup. @throws monitor_settings_refused if the file was changed after the setup
 * was planned
 */
export function applySetup(where: Where, { file, text, after, variables }: Planned): void {
  if (read(where).text !== text) throw failure('monitor_settings_refused', { file, problem: CHANGED });
  const known = rememberedOf(where, file);
  const now = envIn(text);
  const ours = oursIn(now, known);
  const names = [...new Set([...ours, ...variables.map(({ name }) => name)])];
  const former = names.map((name) => [name, ours.includes(name) ? known?.former[name] : now[name]] as const);
  const written = envIn(after);
  const memory: Memory = {
    file,
    before: !existsSync(file) ? null : known ? asBefore(text, known) : text,
    after_hash: sha256(after),
    written: Object.fromEntries(names.map((name) => [name, String(written[name])])),
    former: Object.fromEntries(former.filter(([, value]) => value !== undefined)),
  };
  makeHome(where.home);
  writeDurable(memoryFile(where, file), JSON.stringify(memory), 0o600);
  write(file, after);
}

/**
 * Undoes a setup as planned and deletes the stored data of the setup. @throws monitor_settings_refused if the file was changed after the
 * undo was planned
 */
export function applyUndo(where: Where, { file, text, after }: Planned): void {
  if (read(where).text !== text) throw failure('monitor_settings_refused', { file, problem: CHANGED });
  if (after === '') removeFile(file);
  else write(file, after);
  removeFile(memoryFile(where, file));
}

/** Deletes the stored data of a setup that is no longer in the settings. */
export const forgetSetup = (where: Where, { file }: Planned): void => removeFile(memoryFile(where, file));

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const CHANGED = 'another program changed it just now';

/** Reads the settings of a scope. Links in the user's settings are followed; links in a project must not lead out of the project. */
function read({ cwd, env, scope }: Where): { file: string; text: string } {
  const named =
    scope === 'user'
      ? join(homeOf({ cwd, env }), 'settings.json')
      : join(projectHomeOf({ cwd, env }), scope === 'local' ? 'settings.local.json' : 'settings.json');
  const isThere = existsSync(named);
  const file = isThere ? realpathSync(named) : named;
  return guarded(file, () => {
    const dangling = [named, dirname(named)].find(leadsNowhere);
    if (dangling) throw new Error(`${oneLine(dangling)} is a broken link`);
    if (scope !== 'user' && !staysIn(cwd, named)) throw new Error('a link leads out of the project');
    const text = isThere ? UTF8.decode(readUserFile(file, MOST_BYTES)) : '';
    return { file, text: text.trim() === '' ? '{}\n' : text };
  });
}

/** Whether a path is a broken link. Writing to the path would replace the link with a file. */
const leadsNowhere = (path: string): boolean =>
  !existsSync(path) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** A decoder that rejects bytes that are not UTF-8, because such bytes would be lost when the text is written. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const MOST_BYTES = 4 * 1024 ** 2;

function staysIn(cwd: string, named: string): boolean {
  const deepest = [named, dirname(named), cwd].find(existsSync)!;
  return realInside(cwd, deepest.slice(cwd.length + 1)) !== undefined;
}

function write(file: string, text: string): void {
  writeDurable(file, text, (statSync(file, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o777);
}

const memoryFile = ({ home }: Where, file: string) => join(home, 'settings', `${sha256(file).slice(0, 16)}.json`);

function rememberedOf(where: Where, file: string): Memory | undefined {
  try {
    return remembered.parse(JSON.parse(readFileSync(memoryFile(where, file), 'utf8')));
  } catch {
    return undefined; // no setup of this file is stored
  }
}

/** @throws monitor_settings_refused, with the reason why the file cannot be changed */
function guarded<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && error.name !== 'GateError')
      throw failure('monitor_settings_refused', { file, problem: error.message });
    throw error;
  }
}
