import { join, resolve } from 'node:path';
import type { Hook } from '../hook.ts';
import { declaredIn } from './declared.ts';
import { pluginsBelow, pluginsIn } from './folder.ts';
import { type Draft, type Drafts, type Problem, together } from './found.ts';
import { hooksOfAgents, hooksOfSkills } from './frontmatter.ts';
import { idsOf } from './ids.ts';
import { enabledPlugins } from './installed.ts';
import { hooksOfPlugin, type Plugin } from './plugin.ts';
import { runsAs } from './same.ts';
import { homeOf, type Layer, layersOf, type Place, projectHomeOf } from './settings.ts';
import { switchesOf } from './switches.ts';
import { timeoutsOf } from './timeouts.ts';

/** All hooks that were found, and the problems that prevented finding more hooks. `env`: the variables that settings give to hooks. */
export type Discovery = { hooks: Hook[]; env: Record<string, string>; problems: Problem[] };

/**
 * Every hook that Claude Code would find when it starts in a project, or every hook in a folder of plugins. A hook that would never run has
 * the reason in `dead`. Reads files and writes nothing. This function does not throw, even if a file has invalid content.
 * @throws no_plugins
 */
export function discover(place: Place): Discovery {
  const { env, hooks, problems } =
    place.plugins === undefined ? everywhere(place) : inFolder(resolve(place.cwd, place.plugins));
  return { hooks: finished(hooks, place.env), env, problems };
}

type Found = Drafts & { env: Discovery['env'] };

function inFolder(folder: string): Found {
  const { plugins, problems } = pluginsIn(folder);
  return { ...together([{ hooks: [], problems }, ...plugins.map(hooksAndSkills)]), env: {} };
}

function everywhere(place: Place): Found {
  const { layers, problems } = layersOf(place);
  const installed = enabledPlugins(place, layers);
  const folders = [...new Set([homeOf(place), projectHomeOf(place)])];
  const all = together([
    { hooks: [], problems: [...problems, ...installed.problems] },
    ...layers.map(hooksOfLayer),
    ...[
      ...installed.plugins,
      ...loadedByFlag(place),
      ...folders.flatMap((folder) => skillPlugins(join(folder, 'skills'), layers)),
    ].map(hooksAndSkills),
    ...folders.map((folder) => hooksOfSkills(join(folder, 'skills'))),
    ...folders.map((folder) => hooksOfAgents(join(folder, 'agents'))),
  ]);
  const offBy = switchesOf(layers, place.env);
  const switched = (hook: Draft): Draft => {
    const by = hook.dead ? null : offBy(hook);
    return by === null ? hook : { ...hook, dead: { code: 'switched_off', by } };
  };
  return { ...all, hooks: all.hooks.map(switched), env: variablesOf(layers) };
}

/** The environment variables that settings give to hooks. A later layer of settings overrides an earlier one. */
const variablesOf = (layers: readonly Layer[]): Record<string, string> =>
  Object.assign({}, ...layers.map(({ env }) => env ?? {}));

/** The plugins of each `--plugin-dir`. These plugins need not be enabled in settings. @throws no_plugins */
const loadedByFlag = ({ cwd, flags }: Place): Plugin[] =>
  (flags?.pluginDirs ?? []).flatMap((folder) =>
    pluginsIn(resolve(cwd, folder)).plugins.map((plugin) => ({ ...plugin, id: `${plugin.id}@inline` })),
  );

const hooksOfLayer = ({ source, file, hooks }: Layer): Drafts =>
  hooks === undefined ? together([]) : declaredIn(hooks, { source, plugin: null, root: null, file });

const hooksAndSkills = (plugin: Plugin): Drafts =>
  together([
    hooksOfPlugin(plugin),
    hooksOfSkills(join(plugin.root, 'skills'), { plugin: plugin.id, root: plugin.root }),
  ]);

/** Plugins in the folder of skills. They are enabled without an installation. Only a `false` in the settings disables them. */
function skillPlugins(folder: string, layers: readonly Layer[]): Plugin[] {
  const last = (id: string) => layers.findLast(({ enabledPlugins }) => enabledPlugins?.[id] !== undefined);
  return pluginsBelow(folder)
    .map((plugin) => ({ ...plugin, id: `${plugin.id}@skills-dir` }))
    .filter(({ id }) => last(id)?.enabledPlugins?.[id] !== false);
}

/** Adds the ids, the time-outs and `runs_as`, which depend on all hooks together. */
function finished(drafts: readonly Draft[], env: NodeJS.ProcessEnv): Hook[] {
  const ids = idsOf(drafts);
  const effective = timeoutsOf(drafts, env);
  const leaders = runsAs(drafts);
  return drafts.map(({ written_s, ...draft }, i) => ({
    id: ids[i]!,
    ...draft,
    timeout_s: { written: written_s, effective: effective[i]! },
    runs_as: ids[leaders[i] ?? -1] ?? null,
  }));
}
