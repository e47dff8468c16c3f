import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { isRecord } from './declared.ts';
import { foldersIn, isFolder } from './folder.ts';
import type { Problem } from './found.ts';
import { type Offer, offersOf } from './marketplace.ts';
import { type Plugin, type Plugins, sortedOut } from './plugin.ts';
import { readJson } from './read-json.ts';
import { homeOf, type Layer, type Place } from './settings.ts';

const records = z.object({
  plugins: z.record(
    z.string(),
    z.array(z.object({ scope: z.string(), installPath: z.string(), projectPath: z.string().optional() })).catch([]),
  ),
});

const market = z.object({
  source: z.object({ source: z.string(), path: z.string().optional() }),
  installLocation: z.string().optional(),
});
type Market = z.infer<typeof market>;

/** The plugins that settings enable, each with the folder from which the plugin runs. */
export function enabledPlugins(place: Place, layers: readonly Layer[]): Plugins {
  const enabled = enabledBy(layers);
  if (enabled.size === 0) return { plugins: [], problems: [] };
  const folder = pluginsFolder(place);
  const read = records.safeParse(jsonIn(join(folder, 'installed_plugins.json')));
  const installed = read.success ? read.data.plugins : {};
  const seeds = seedsOf(place);
  const markets = marketsOf(join(folder, 'known_marketplaces.json'), layers, seeds);
  const found = [...enabled].map(([id, file]): Plugin | Problem => {
    const [name = '', of = ''] = id.split('@');
    const known = markets.get(of);
    const offer = known && offerOf(known, name);
    const copied = recordFor(place.cwd, installed[id] ?? [])?.installPath ?? inSeeds(seeds, of, name);
    const root = isDirectory(known) ? offer?.root : copied;
    if (!root || !isFolder(root)) return { code: 'not_installed', plugin: id, file };
    return { id, root, ...(offer ? { offered: offer.offered } : {}) };
  });
  return sortedOut(found);
}

/**
 * For each enabled plugin, the settings file that enables it. A later layer of settings overrides an earlier one. Plugins in the folder of
 * skills are not included.
 */
function enabledBy(layers: readonly Layer[]): Map<string, string> {
  const enabled = new Map<string, string>();
  for (const { enabledPlugins = {}, file } of layers)
    for (const [id, value] of Object.entries(enabledPlugins)) {
      if (value === false) enabled.delete(id);
      else if (!/@(builtin|skills-dir)$/.test(id)) enabled.set(id, file);
    }
  return enabled;
}

/** The folder of plugins: `plugins` in Claude Code's folder, or `CLAUDE_CODE_PLUGIN_CACHE_DIR`. */
const pluginsFolder = (place: Place) => place.env.CLAUDE_CODE_PLUGIN_CACHE_DIR || join(homeOf(place), 'plugins');

/** Folders of plugins that came with the machine's image. Claude Code never writes to them. */
const seedsOf = ({ env }: Place) => (env.CLAUDE_CODE_PLUGIN_SEED_DIR ?? '').split(delimiter).filter(Boolean);

/** The newest version of a plugin in the first folder of `seeds` that contains the plugin. */
const inSeeds = (seeds: readonly string[], market: string, name: string): string | undefined =>
  seeds
    .filter(() => [market, name].every((part) => /^[\w.-]+$/.test(part) && !part.startsWith('.')))
    .flatMap((seed) =>
      foldersIn(join(seed, 'cache', market, name))
        .sort(byVersion)
        .slice(-1),
    )[0];

const byVersion = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

function jsonIn(file: string): unknown {
  const door = readJson(file);
  return door.state === 'read' ? door.value : undefined;
}

/** Marketplaces by name. Claude Code's own records override the settings. */
function marketsOf(file: string, layers: readonly Layer[], seeds: readonly string[]): Map<string, Market> {
  const knownIn = (path: string) => z.record(z.string(), z.unknown()).catch({}).parse(jsonIn(path));
  const named = [
    ...layers.map(({ extraKnownMarketplaces = {} }) => extraKnownMarketplaces),
    knownIn(file),
    ...seeds.map((seed) => placedIn(seed, knownIn(join(seed, 'known_marketplaces.json')))),
  ];
  return new Map(
    named.flatMap((all) =>
      Object.entries(all).flatMap(([name, value]): [string, Market][] => {
        const read = market.safeParse(value);
        return read.success ? [[name, read.data]] : [];
      }),
    ),
  );
}

/**
 * The marketplaces in the folder `seed`, with their present paths. The paths in the folder's own files are wrong if the folder was moved
 * after it was made.
 */
const placedIn = (seed: string, known: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(known).map(([name, value]) => [
      name,
      { ...(isRecord(value) ? value : {}), installLocation: join(seed, 'marketplaces', name) },
    ]),
  );

/**
 * Whether the marketplace is a folder on this machine. If so, the marketplace's plugins run from this folder, not from Claude Code's copy.
 */
const isDirectory = (known: Market | undefined) => known?.source.source === 'directory';

function offerOf({ source, installLocation }: Market, name: string): Offer | undefined {
  const folder = source.source === 'directory' ? source.path : installLocation;
  const offers = folder === undefined ? undefined : offersOf(folder);
  return offers?.state === 'read' ? offers.value.find((offer) => offer.name === name) : undefined;
}

type Installed = z.infer<typeof records>['plugins'][string][number];

/** The record of the plugin for this project. If no such record exists, the record for all projects of the user. */
const recordFor = (cwd: string, all: readonly Installed[]): Installed | undefined =>
  all.find(({ projectPath }) => projectPath === cwd) ?? all.find(({ projectPath }) => projectPath === undefined);
