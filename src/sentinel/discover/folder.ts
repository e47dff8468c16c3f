import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { isRecord } from './declared.ts';
import { marketplaceOf, offersOf } from './marketplace.ts';
import { hooksFileOf, manifestOf, type Plugin, type Plugins, sortedOut } from './plugin.ts';
import { readJson } from './read-json.ts';

/**
 * The plugins of a folder. For a marketplace's folder: the plugins that the marketplace offers from this folder. For a plugin's folder:
 * only this plugin. For any other folder: the plugins directly below it.
 * @throws no_plugins: the folder does not exist, or contains no plugin
 */
export function pluginsIn(folder: string): Plugins {
  const found = isFolder(folder) ? inMarketplace(folder) : nothing;
  if (found.plugins.length + found.problems.length > 0) return found;
  throw failure('no_plugins', { folder, exists: isFolder(folder) });
}

const nothing: Plugins = { plugins: [], problems: [] };

function inMarketplace(folder: string): Plugins {
  const offers = offersOf(folder);
  const file = marketplaceOf(folder);
  if (offers.state === 'absent') return { plugins: withoutMarketplace(folder), problems: [] };
  if (offers.state === 'refused')
    return {
      plugins: withoutMarketplace(folder),
      problems: [{ code: 'unreadable', file, reason: offers.reason }],
    };
  return sortedOut(
    offers.value.map(({ name, root, offered }) =>
      root !== null && isFolder(root) ? { id: name, root, offered } : { code: 'not_installed', plugin: name, file },
    ),
  );
}

const withoutMarketplace = (folder: string) => (isPlugin(folder) ? [pluginAt(folder)] : pluginsBelow(folder));

/** The plugins directly below a folder, by name. */
export const pluginsBelow = (folder: string): Plugin[] => foldersIn(folder).filter(isPlugin).map(pluginAt);

/** The subfolders of a folder, by name. Empty if the folder cannot be read. */
export function foldersIn(folder: string): string[] {
  return entriesOf(folder)
    .map((name) => join(folder, name))
    .filter(isFolder);
}

/** The names in a folder, sorted. Empty if the folder does not exist or cannot be read. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Whether the path is a folder. False for an invalid or unreadable path, and for links that lead to each other in a circle. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const isPlugin = (root: string) =>
  [manifestOf(root), hooksFileOf(root)].some((file) => readJson(file).state !== 'absent');

/** The plugin of a folder. The plugin's name comes from its manifest. Without a manifest, it is the folder's name. */
function pluginAt(root: string): Plugin {
  const manifest = readJson(manifestOf(root));
  const name = manifest.state === 'read' && isRecord(manifest.value) ? manifest.value.name : undefined;
  return { id: typeof name === 'string' && name !== '' ? name : basename(root), root };
}
