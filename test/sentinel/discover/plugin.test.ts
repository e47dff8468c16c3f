import { expect, it, test } from 'vitest';
import { discoverIn, folderWith, on, running } from './place.ts';

const ofPlugin = (manifest: unknown, files: Record<string, unknown> = {}) =>
  discoverIn(
    folderWith({
      'p/.claude-plugin/plugin.json': manifest,
      'p/more.json': { hooks: on('SessionStart', 'more') },
      'p/more2.json': { hooks: on('SessionStart', 'more2') },
      'outside.json': { hooks: on('SessionStart', 'outside') },
      ...files,
    }),
    { plugins: '../p' },
  );

const standard = { 'p/hooks/hooks.json': { hooks: on('SessionStart', 'standard') } };

test.each([
  ['a path', './more.json', ['standard', 'more']],
  ['the standard file again', './hooks/hooks.json', ['standard']],
  ['several paths', ['./more.json', './more2.json'], ['standard', 'more', 'more2']],
  ['a path and an object', ['./more.json', on('SessionStart', 'inline')], ['standard', 'more', 'inline']],
  ['a mapping', on('SessionStart', 'inline'), ['standard', 'inline']],
])('a manifest may name hooks by %s', (_, hooks, runs) => {
  const found = ofPlugin({ name: 'p', hooks }, standard);
  expect(running(found.hooks)).toEqual(runs);
  expect(found.problems).toEqual([]);
});

test.each([
  ['a missing file', './none.json'],
  ['a file outside the plugin', './../outside.json'],
])('%s is a problem, and the other hooks run', (_, hooks) => {
  const found = ofPlugin({ name: 'p', hooks }, standard);
  expect(running(found.hooks)).toEqual(['standard']);
  expect(found.problems).toMatchObject([{ code: 'no_such_file', plugin: 'p' }]);
});

test.each([
  ['a path that does not begin with ./', { name: 'p', hooks: 'more.json' }],
  ['a number instead of hooks', { name: 'p', hooks: 5 }],
  ['no name', { version: '1.0.0' }],
  ['a version that is a number', { name: 'p', version: 5 }],
  ['no JSON', '{'],
])('a manifest with %s makes the client refuse the plugin: its hooks are dead', (_, manifest) => {
  const found = ofPlugin(manifest, standard);
  expect(found.hooks.map(({ dead }) => dead?.code)).toEqual(['plugin_refused']);
  expect(found.problems).toMatchObject([{ code: 'unreadable', file: expect.stringContaining('plugin.json') }]);
});

it('a list instead of an object makes the client refuse the plugin, including the hooks of its other files', () => {
  const list = [{ event: 'SessionStart', hooks: [{ type: 'command', command: 'echo a' }] }];
  const found = ofPlugin({ name: 'p', hooks: './more.json' }, { 'p/hooks/hooks.json': { hooks: list } });
  expect(found.hooks.map(({ id, dead }) => [id, dead?.code])).toEqual([
    ['p/SessionStart/1', 'plugin_refused'],
    ['p/SessionStart/2', 'plugin_refused'],
  ]);
});

it('a plugin without a manifest is named after its folder', () => {
  const root = folderWith({ 'two/one/hooks/hooks.json': { hooks: on('Stop', 'x') }, 'two/none/README.md': '' });
  expect(discoverIn(root, { plugins: '../two' }).hooks).toMatchObject([{ plugin: 'one', root: `${root}/two/one` }]);
});

it('a marketplace offers plugins by their paths, with additional hooks; plugins elsewhere are reported', () => {
  const root = folderWith({
    'm/.claude-plugin/marketplace.json': {
      metadata: { pluginRoot: './plugins' },
      plugins: [
        { name: 'here', source: './here', hooks: on('SessionStart', 'entry') },
        { name: 'far', source: { source: 'github', repo: 'a/b' } },
        { name: 'gone', source: './gone' },
        5,
      ],
    },
    'm/plugins/here/hooks/hooks.json': { hooks: on('SessionStart', 'standard') },
    'm/stray/hooks/hooks.json': { hooks: on('SessionStart', 'stray') },
  });
  const found = discoverIn(root, { plugins: '../m' });
  expect(running(found.hooks)).toEqual(['standard', 'entry']);
  expect(found.problems.map((p) => 'plugin' in p && p.plugin)).toEqual(['far', 'gone']);
});
