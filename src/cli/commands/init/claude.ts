import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { asset } from '../../../core/assets.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { SetUp } from './set-up.ts';
import { indentOf, readSettings, type Settings } from './settings.ts';

const MARKETPLACE = 'perf-gate';
const PLUGIN = 'perf-gate@perf-gate';

/** Commands that the agent's shell may call without a question. None of them approves a contract or runs an unapproved one. */
const calls = ['next', 'submit', 'status', 'wait', 'brief'].map((name) => `Bash(perf-gate ${name}:*)`);

/**
 * Adds the plugin to the project's settings of Claude Code. It changes nothing that is there: a marketplace of the same name keeps its
 * source.
 * @throws settings_invalid: the settings cannot be read
 * @throws plugin_missing: this installation of perf-gate has no plugin
 */
export function initClaude(project: string): SetUp {
  const named = join(project, '.claude', 'settings.json');
  const file = existsSync(named) ? realpathSync(named) : named; // a symbolic link stays one
  const there = statSync(file, { throwIfNoEntry: false });
  const text = there ? readFileSync(file, 'utf8') : '';
  const before = readSettings(file, text);
  const { settings, told } = withPlugin(before, marketplaceFor(project));
  const next = 'Start Claude Code in this folder, and type `/perf-gate:start what should be faster`.';
  if (told.length === 0) return { changed: [], told: [`${named} names the plugin already.`], next };
  writeDurable(file, `${JSON.stringify(settings, null, indentOf(text))}\n`, there && there.mode & 0o777);
  return { changed: [file], told: [`${named}:`, ...told.map((t) => `  ${t}`)], next };
}

/** The settings with the plugin, and one sentence for each addition; no sentences where everything was there. */
function withPlugin(before: Settings, path: string): { settings: Settings; told: string[] } {
  const known = before.extraKnownMarketplaces ?? {};
  const enabled = before.enabledPlugins ?? {};
  const allowed = before.permissions?.allow ?? [];
  const missing = calls.filter((call) => !allowed.includes(call));
  const told: string[] = [];
  const settings = { ...before };
  if (!(MARKETPLACE in known)) {
    settings.extraKnownMarketplaces = { ...known, [MARKETPLACE]: { source: { source: 'directory', path } } };
    told.push(`the marketplace ${MARKETPLACE}, at ${path}`);
  }
  if (enabled[PLUGIN] !== true) {
    settings.enabledPlugins = { ...enabled, [PLUGIN]: true };
    told.push(`the plugin ${PLUGIN}, enabled`);
  }
  if (missing.length > 0) {
    settings.permissions = { ...before.permissions, allow: [...allowed, ...missing] };
    told.push(`allowed without a question: ${missing.join(', ')}`);
  }
  return { settings, told };
}

/** The folder of this installation of perf-gate. The path is relative where the folder is in the project, so that others can use the settings too. */
function marketplaceFor(project: string): string {
  const root = dirname(dirname(asset('.claude-plugin/marketplace.json')));
  if (!existsSync(join(root, '.claude-plugin/marketplace.json'))) throw failure('plugin_missing', { root });
  const inside = relative(realpathSync(project), root);
  return inside.startsWith('..') ? root : `./${inside}`;
}
