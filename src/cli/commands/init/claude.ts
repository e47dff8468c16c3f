import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { asset } from '../../../core/locate.ts';
import { readText } from '../../../core/read-text.ts';
import type { SetUp } from './files.ts';

const MARKETPLACE = 'perf-gate';
const PLUGIN = 'perf-gate@perf-gate';

/**
 * Commands that the agent's shell may call without asking the user. These commands neither approve a contract nor run an unapproved
 * contract.
 */
const calls = ['next', 'submit', 'status', 'wait', 'brief'].map((name) => `Bash(perf-gate ${name}:*)`);

/**
 * Adds the plugin, its marketplace and the allowed commands (`calls`) to the project's settings of Claude Code. If the settings already
 * name the marketplace, its source stays. All other settings stay too.
 * @throws settings_invalid: the settings cannot be read
 * @throws plugin_missing: this installation of perf-gate has no plugin
 */
export function initClaude(project: string): SetUp {
  const named = join(project, '.claude', 'settings.json');
  const file = existsSync(named) ? realpathSync(named) : named; // writes through a symbolic link instead of replacing it
  const there = statSync(file, { throwIfNoEntry: false });
  const text = there ? readText(file) : '';
  const before = readSettings(file, text);
  const { settings, added } = withPlugin(before, marketplaceFor(project));
  const next = 'Start Claude Code in this folder, and type `/perf-gate:start what should be faster`.';
  if (added.length === 0) return { changed: [], told: [`${named} already enables the plugin.`], next };
  writeDurable(file, `${JSON.stringify(settings, null, indentOf(text))}\n`, there && there.mode & 0o777);
  return { changed: [file], told: [`${named}:`, ...added.map((line) => `  ${line}`)], next };
}

/** The settings with the plugin, and a line of text for each addition. */
function withPlugin(before: Settings, path: string): { settings: Settings; added: string[] } {
  const known = before.extraKnownMarketplaces ?? {};
  const enabled = before.enabledPlugins ?? {};
  const allowed = before.permissions?.allow ?? [];
  const missing = calls.filter((call) => !allowed.includes(call));
  const added: string[] = [];
  const settings = { ...before };
  if (!(MARKETPLACE in known)) {
    settings.extraKnownMarketplaces = { ...known, [MARKETPLACE]: { source: { source: 'directory', path } } };
    added.push(`the marketplace ${MARKETPLACE}, at ${path}`);
  }
  if (enabled[PLUGIN] !== true) {
    settings.enabledPlugins = { ...enabled, [PLUGIN]: true };
    added.push(`the plugin ${PLUGIN}, enabled`);
  }
  if (missing.length > 0) {
    settings.permissions = { ...before.permissions, allow: [...allowed, ...missing] };
    added.push(`allowed without asking: ${missing.join(', ')}`);
  }
  return { settings, added };
}

/**
 * The folder of this installation. If the folder is inside the project, the path is relative, so that the settings work on other machines.
 */
function marketplaceFor(project: string): string {
  const root = dirname(dirname(asset('.claude-plugin/marketplace.json')));
  if (!existsSync(join(root, '.claude-plugin/marketplace.json'))) throw failure('plugin_missing', { root });
  const inside = relative(realpathSync(project), root);
  return inside.startsWith('..') ? root : `./${inside}`;
}

const settingsSchema = z.looseObject({
  extraKnownMarketplaces: z.record(z.string(), z.unknown()).optional(),
  enabledPlugins: z.record(z.string(), z.unknown()).optional(),
  permissions: z.looseObject({ allow: z.array(z.unknown()).optional() }).optional(),
});

/** The parts of Claude Code's settings that perf-gate reads; all other parts stay as they are. */
type Settings = z.infer<typeof settingsSchema>;

/**
 * Parses a settings file; an empty text gives empty settings.
 * @throws settings_invalid: parsing and writing the settings would lose information
 */
export function readSettings(file: string, text: string): Settings {
  if (text.trim() === '') return {};
  const invalid = (problem: string) => failure('settings_invalid', { file, problem });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (JSON.stringify(data) !== squeezed(text))
    throw invalid('the file holds a key twice, or a number that JavaScript would write differently (such as 1.0)');
  const parsed = settingsSchema.safeParse(data);
  if (parsed.success) return data as Settings;
  const issue = parsed.error.issues[0]!;
  throw invalid(`${issue.path.join('.') || 'the file'}: ${issue.message}`);
}

/** A JSON text without white space, in which strings are escaped as by JSON.stringify. */
function squeezed(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  return tokens.map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token)).join('');
}

/** The file's indentation. Two blanks if no line of the file is indented. */
function indentOf(text: string): string {
  return /^[^\S\n]+(?=")/m.exec(text)?.[0] ?? '  ';
}
