import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fromSettings } from '../../../src/sentinel/dry-run/session.ts';
import { discoverIn, folderWith, on, running } from './place.ts';

const user = 'home/.claude/settings.json';
const none = { settings: undefined, pluginDirs: [] };

it('settings of the command line override those of the user and the project, not the owner’s', () => {
  const root = folderWith({
    [user]: { hooks: on('Stop', 'u'), env: { WHO: 'user', KEPT: 1 } },
    'project/flags.json': { hooks: on('Stop', 'f'), env: { WHO: 'flag' } },
    'owner/managed-settings.json': { env: { OWNER: 'yes' } },
  });
  const { hooks, env } = discoverIn(root, { flags: { ...none, settings: 'flags.json' } });
  expect(running(hooks)).toEqual(['u', 'f']);
  expect(hooks.find(({ source }) => source === 'flag')?.id).toBe('flag/Stop/1');
  expect(env).toEqual({ WHO: 'flag', KEPT: '1', OWNER: 'yes' });
});

it('settings of the command line may be JSON, and faults in them are reported', () => {
  const root = folderWith({ [user]: { hooks: on('Stop', 'u') } });
  const given = (settings: string) => discoverIn(root, { flags: { ...none, settings } });
  expect(given('{"disableAllHooks":true}').hooks[0]?.dead).toEqual({
    code: 'switched_off',
    by: 'disableAllHooks in --settings',
  });
  expect(given('{"hooks":').problems).toMatchObject([{ code: 'unreadable', file: '--settings' }]);
  expect(given('gone.json').problems).toMatchObject([{ code: 'unreadable', reason: 'it does not exist' }]);
});

it('a plugin of the command line is enabled without settings', () => {
  const root = folderWith({ 'mine/hooks/hooks.json': { hooks: on('Stop', 'mine') } });
  const { hooks } = discoverIn(root, { flags: { ...none, pluginDirs: ['../mine'] } });
  expect(hooks).toMatchObject([{ plugin: 'mine@inline', root: join(root, 'mine'), dead: null }]);
  expect(() => discoverIn(root, { flags: { ...none, pluginDirs: ['../gone'] } })).toThrow(/no folder/);
});

it('the owner’s settings may have several files, the last of which counts', () => {
  const root = folderWith({
    [user]: { hooks: on('Stop', 'u') },
    'owner/managed-settings.json': { allowManagedHooksOnly: true, hooks: on('Stop', 'm') },
    'owner/managed-settings.d/10-more.json': { hooks: on('Stop', 'd') },
    'owner/managed-settings.d/20-open.json': { allowManagedHooksOnly: false },
    'owner/managed-settings.d/.30-hidden.json': { disableAllHooks: true },
    'owner/managed-settings.d/notes.txt': 'none of it',
  });
  expect(running(discoverIn(root).hooks)).toEqual(['u', 'm', 'd']);
});

it('a plugin may come with the machine’s image, which gives its newest version', () => {
  const root = folderWith({
    [user]: { enabledPlugins: { 'pl@mk': true } },
    'seed/cache/mk/pl/1.9.0/hooks/hooks.json': { hooks: on('Stop', 'old') },
    'seed/cache/mk/pl/1.10.0/hooks/hooks.json': { hooks: on('Stop', 'new') },
    'seed/known_marketplaces.json': { mk: { source: { source: 'github', repo: 'a/b' }, installLocation: '/gone' } },
  });
  const seeded = { env: { CLAUDE_CODE_PLUGIN_SEED_DIR: `${join(root, 'none')}:${join(root, 'seed')}` } };
  expect(running(discoverIn(root, seeded).hooks)).toEqual(['new']);
  expect(discoverIn(root).problems).toMatchObject([{ code: 'not_installed', plugin: 'pl@mk' }]);
});

it('hooks get the variables of settings, except secrets and those that change how programs are loaded', () => {
  const env = { MODE: 'x', LD_PRELOAD: '/evil.so', GITHUB_TOKEN: 's', GLIBC_TUNABLES: 'x', 'A B': 'x' };
  expect(fromSettings(env)).toEqual({ MODE: 'x' });
});
