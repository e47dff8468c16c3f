import { expect, it, test } from 'vitest';
import { discoverIn, type Files, folderWith, on, running } from './place.ts';

const user = 'home/.claude/settings.json';
const cached = 'home/.claude/plugins/cache/mk/pl/1.0.0';
const record = 'home/.claude/plugins/installed_plugins.json';
const known = 'home/.claude/plugins/known_marketplaces.json';
const enabled = { enabledPlugins: { 'pl@mk': true } };

/** A plugin `pl` of the marketplace `mk`, both in a folder and as the client's copy of it. ROOT becomes the folder. */
const installed: Files = {
  [user]: enabled,
  'mk/.claude-plugin/marketplace.json': { name: 'mk', plugins: [{ name: 'pl', source: './pl' }] },
  'mk/pl/hooks/hooks.json': { hooks: on('SessionStart', 'folder') },
  [`${cached}/hooks/hooks.json`]: { hooks: on('SessionStart', 'cache') },
  [record]: { version: 2, plugins: { 'pl@mk': [{ scope: 'user', installPath: `ROOT/${cached}`, version: '1.0.0' }] } },
  [known]: { mk: { source: { source: 'directory', path: 'ROOT/mk' }, installLocation: 'ROOT/mk' } },
};
const fromGitHub = { mk: { source: { source: 'github', repo: 'a/b' }, installLocation: 'ROOT/mk' } };
const without = (...paths: string[]) =>
  Object.fromEntries(Object.entries(installed).filter(([path]) => !paths.some((p) => path.startsWith(p))));

const found = (files: Files) => discoverIn(folderWith(files));

test.each<[string, Files, string[]]>([
  ['a directory marketplace runs from its folder', installed, ['folder']],
  ['also without a record of the installation', without(record, cached), ['folder']],
  [
    'also if only settings name it',
    {
      ...without(known),
      [user]: { ...enabled, extraKnownMarketplaces: { mk: { source: { source: 'directory', path: 'ROOT/mk' } } } },
    },
    ['folder'],
  ],
  ['any other marketplace’s plugin runs from the client’s copy', { ...installed, [known]: fromGitHub }, ['cache']],
  [
    'the project may enable a plugin that the user installed',
    { ...installed, [user]: {}, 'project/.claude/settings.json': enabled },
    ['folder'],
  ],
  [
    'local settings may disable it',
    { ...installed, 'project/.claude/settings.local.json': { enabledPlugins: { 'pl@mk': false } } },
    [],
  ],
  ['no settings enable it', { ...installed, [user]: {} }, []],
])('%s', (_, files, runs) => {
  const { hooks, problems } = found(files);
  expect(running(hooks)).toEqual(runs);
  expect(problems).toEqual([]);
});

test.each<[string, Files]>([
  ['no record', { ...without(record), [known]: fromGitHub }],
  [
    'only a record of another project',
    {
      ...installed,
      [known]: fromGitHub,
      [record]: { plugins: { 'pl@mk': [{ scope: 'project', projectPath: '/other', installPath: `ROOT/${cached}` }] } },
    },
  ],
  ['invalid records', { ...installed, [known]: fromGitHub, [record]: { plugins: { 'pl@mk': 5 } } }],
  ['no folder', without('mk/pl')],
  ['a marketplace that is not JSON', { ...installed, 'mk/.claude-plugin/marketplace.json': '{' }],
])('an enabled plugin with %s is reported, with the settings that enable it', (_, files) => {
  expect(found(files)).toEqual({
    hooks: [],
    env: {},
    problems: [{ code: 'not_installed', plugin: 'pl@mk', file: expect.stringContaining(user) }],
  });
});

it('hooks of a marketplace’s entry belong to the plugin', () => {
  const { hooks } = found({
    ...installed,
    'mk/.claude-plugin/marketplace.json': {
      plugins: [{ name: 'pl', source: './pl', strict: false, hooks: on('Stop', 'entry') }],
    },
  });
  expect(running(hooks)).toEqual(['folder', 'entry']);
  expect(hooks.map(({ id }) => id)).toEqual(['pl@mk/SessionStart/1', 'pl@mk/Stop/1']);
  expect(hooks[1]!.file).toMatch(/mk\/\.claude-plugin\/marketplace\.json$/);
});

it('plugins in the folder of skills need no installation, and settings can disable them', () => {
  const files = {
    'home/.claude/skills/a/.claude-plugin/plugin.json': { name: 'tidy' },
    'home/.claude/skills/a/hooks/hooks.json': { hooks: on('Stop', 'mine') },
    'project/.claude/skills/b/.claude-plugin/plugin.json': { name: 'ours' },
    'project/.claude/skills/b/hooks/hooks.json': { hooks: on('Stop', 'ours') },
  };
  expect(found(files).hooks.map(({ plugin }) => plugin)).toEqual(['tidy@skills-dir', 'ours@skills-dir']);
  const off = { ...files, [user]: { enabledPlugins: { 'tidy@skills-dir': false } } };
  expect(running(found(off).hooks)).toEqual(['ours']);
});
