import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { asset } from '../../../core/assets.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { Done } from './done.ts';
import { indentOf, readSettings, type Settings } from './settings.ts';

const MARKETPLACE = 'perf-gate';
const PLUGIN = 'perf-gate@perf-gate';

/** What the agent's shell may call unasked. None of these approves, and none runs what no person has approved. */
const calls = ['next', 'submit', 'status', 'wait', 'brief'].map((name) => `Bash(perf-gate ${name}:*)`);

/**
 * Adds the plugin to the project's settings of Claude Code. What is there stays, also where it says otherwise: a marketplace of the
 * same name keeps its source. Throws `settings_invalid`.
 */
export function initClaude(project: string): Done {
  const named = join(project, '.claude', 'settings.json');
  const file = existsSync(named) ? realpathSync(named) : named; // a link stays one
  const there = statSync(file, { throwIfNoEntry: false });
  const text = there ? readFileSync(file, 'utf8') : '';
  const before = readSettings(file, text);
  const { settings, told } = withPlugin(before, marketplaceFor(project));
  const hint = 'Start Claude Code in this folder, and type `/perf-gate:start what should be faster`.';
  if (told.length === 0) return { files: [], told: [`${named} names the plugin already.`], hint };
  writeDurable(file, `${JSON.stringify(settings, null, indentOf(text))}\n`, there && there.mode & 0o777);
  return { files: [file], told: [`${named}:`, ...told.map((t) => `  ${t}`)], hint };
}

/** The settings with the plugin, and what was added, as sentences; none where all was there. */
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

/** The folder that this perf-gate is installed in; relative where it lies in the project, so that the settings can be shared. */
function marketplaceFor(project: string): string {
  const root = dirname(dirname(asset('.claude-plugin/marketplace.json')));
  if (!existsSync(join(root, '.claude-plugin/marketplace.json'))) throw failure('plugin_missing', { root });
  const inside = relative(realpathSync(project), root);
  return inside.startsWith('..') ? root : `./${inside}`;
}
