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

/** Whose settings: the user's for all projects, the project's for everybody in it, or the user's for this project. */
export const scopes = ['user', 'project', 'local'] as const;
type Scope = (typeof scopes)[number];

/** What makes Claude Code send its telemetry to the monitor. Hooks of ours are in no session. */
export const telemetryEnv = (port: number): Env => ({
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
});

/** A change of a file of settings. `before`: what a variable was, null: nothing. `after` is the whole text; equal texts: nothing to do. */
export type Planned = {
  file: string;
  text: string;
  after: string;
  variables: { name: string; before: unknown; after: string | null }[];
};

/** What is remembered of a change, to take it back. `before` null: there was no such file. */
const remembered = z.object({
  file: z.string(),
  before: z.nullable(z.string()),
  after_hash: z.string(),
  /** What was written, by name. */
  written: z.record(z.string(), z.string()),
  /** What stood there before, whatever it was; the others did not stand there. */
  former: z.record(z.string(), z.unknown()),
});

type Memory = z.infer<typeof remembered>;

/** A variable is ours as long as it holds what we wrote: one that a person changed since then is theirs. */
const oursIn = (now: Record<string, unknown>, memory: Memory | undefined): string[] =>
  Object.entries(memory?.written ?? {}).flatMap(([name, value]) => (now[name] === value ? [name] : []));

type Where = { cwd: string; env: NodeJS.ProcessEnv; scope: Scope; home: string };

/**
 * What has to be changed so that sessions send to this port.
 * @throws monitor_settings_refused: the file cannot be changed without loss, leads elsewhere, or sends its telemetry to somebody else
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
      throw new Error(`it sets ${foreign.join(', ')} for another collector (--replace takes its place, until --undo)`);
    const variables = Object.entries(wanted).map(([name, after]) => ({ name, before: now[name] ?? null, after }));
    return { file, text, after: withEnv(text, wanted), variables: variables.filter((v) => v.before !== v.after) };
  });
}

/** What has to be changed to take a set-up back; what a person changed since then stays. @throws the same; monitor_not_set_up */
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

/** The settings as they would be without us: what they were byte for byte, or, where a person changed them since, without our variables. */
function asBefore(text: string, memory: Memory): string | null {
  const { before, after_hash, former } = memory;
  if (sha256(text) === after_hash) return before;
  const names = oursIn(envIn(text), memory);
  if (names.length === 0) return text;
  const still = Object.entries(former).filter(([name]) => names.includes(name));
  const keepsEnv = before !== null && 'env' in (JSON.parse(before) as object);
  return withoutEnv(text, names, Object.fromEntries(still), keepsEnv);
}

/** Writes a planned set-up, after what is needed to take it back. @throws monitor_settings_refused: the file was changed meanwhile */
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

/** Writes a planned undoing, and forgets the set-up. @throws the same */
export function applyUndo(where: Where, { file, text, after }: Planned): void {
  if (read(where).text !== text) throw failure('monitor_settings_refused', { file, problem: CHANGED });
  if (after === '') removeFile(file);
  else write(file, after);
  removeFile(memoryFile(where, file));
}

/** Forgets a set-up of which nothing is left in the settings. */
export const forgetSetup = (where: Where, { file }: Planned): void => removeFile(memoryFile(where, file));

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const CHANGED = 'it was just changed by another program';

/** The settings of a scope: a link of the user's own is followed, one of a project must not lead out of it. */
function read({ cwd, env, scope }: Where): { file: string; text: string } {
  const named =
    scope === 'user'
      ? join(homeOf({ cwd, env }), 'settings.json')
      : join(projectHomeOf({ cwd, env }), scope === 'local' ? 'settings.local.json' : 'settings.json');
  const isThere = existsSync(named);
  const file = isThere ? realpathSync(named) : named;
  return guarded(file, () => {
    const dangling = [named, dirname(named)].find(leadsNowhere);
    if (dangling) throw new Error(`${oneLine(dangling)} is a link that leads nowhere`);
    if (scope !== 'user' && !staysIn(cwd, named)) throw new Error('a link leads out of the project');
    const text = isThere ? UTF8.decode(readUserFile(file, MOST_BYTES)) : '';
    return { file, text: text.trim() === '' ? '{}\n' : text };
  });
}

/** Writing would put a file in the place of the link. */
const leadsNowhere = (path: string): boolean =>
  !existsSync(path) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** What is not UTF-8 is refused: it would be lost. */
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
    return undefined; // it was never set up from here
  }
}

/** @throws monitor_settings_refused, with the reason that the file cannot be changed */
function guarded<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && error.name !== 'GateError')
      throw failure('monitor_settings_refused', { file, problem: error.message });
    throw error;
  }
}
