import { chmodSync, cpSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../src/cli/commands/init/claude.ts';
import { commands } from '../../src/cli/commands.ts';
import { execute } from '../helpers/cli.ts';
import { pack } from '../helpers/pack.ts';
import { repository } from '../helpers/repository.ts';

const root = join(import.meta.dirname, '../..');
const file = '.claude/settings.json';

/** The command in this repository: it writes the folder of its own installation into the settings. */
const call = (cwd: string, ...args: string[]) =>
  execute(join(root, 'node_modules/.bin/tsx'), [join(root, 'src/cli/index.ts'), ...args], { cwd, env: process.env });

async function init(cwd: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout } = await call(cwd, 'init', '--json', ...args);
  return { code, ...JSON.parse(stdout) };
}

describe('init --claude', () => {
  it('enables the plugin of this installation, and says so', async () => {
    const repo = repository({ 'a.txt': '' });
    const { code, stdout } = await call(repo.root, 'init', '--claude');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('the plugin perf-gate@perf-gate') });
    const settings = JSON.parse(repo.read(file));
    expect(settings.extraKnownMarketplaces['perf-gate']).toEqual({ source: { source: 'directory', path: root } });
    expect(settings.enabledPlugins).toEqual({ 'perf-gate@perf-gate': true });
    for (const rule of settings.permissions.allow)
      expect(Object.keys(commands).map((name) => `Bash(perf-gate ${name}:*)`)).toContain(rule);
    expect(settings.permissions.allow).toContain('Bash(perf-gate next:*)');
    expect(settings.permissions.allow.join()).not.toContain('approve');
  });

  it('names an installation inside the project by its relative path, so that the settings can be shared', async () => {
    const repo = repository({ 'a.txt': '' });
    const bin = pack(join(repo.root, 'node_modules'));
    for (const part of ['plugin', '.claude-plugin'])
      cpSync(join(root, part), join(dirname(bin), '..', part), { recursive: true });
    await execute(process.execPath, [bin, 'init', '--claude'], { cwd: repo.root, env: process.env });
    const { path } = JSON.parse(repo.read(file)).extraKnownMarketplaces['perf-gate'].source;
    expect(path).toBe('./node_modules/package');
  });

  it('changes nothing the second time', async () => {
    const repo = repository({ 'a.txt': '' });
    expect(await init(repo.root, '--claude')).toMatchObject({ code: 0, changed: [join(repo.root, file)] });
    const first = repo.read(file);
    expect(await init(repo.root, '--claude')).toMatchObject({ code: 0, changed: [] });
    expect(repo.read(file)).toBe(first);
  });

  it('keeps the existing settings: order, indentation, other plugins, rules and a link', async () => {
    const mine = {
      model: 'some-model',
      enabledPlugins: { 'other@market': true, 'perf-gate@perf-gate': false },
      extraKnownMarketplaces: { 'perf-gate': { source: { source: 'github', repo: 'a/b' } } },
      permissions: { deny: ['Read(.env)'], allow: ['Bash(ls:*)'], defaultMode: 'plan' },
      hooks: { Stop: [] },
      'ünïcode\n': '\u2028 1e3',
    };
    const repo = repository({ 'dotfiles/claude.json': JSON.stringify(mine, null, '\t').replace('ü', '\\u00fc') });
    repo.write('.claude/empty', '');
    chmodSync(join(repo.root, 'dotfiles/claude.json'), 0o600);
    symlinkSync('../dotfiles/claude.json', join(repo.root, file));
    await init(repo.root, '--claude');
    const text = repo.read('dotfiles/claude.json');
    const settings = JSON.parse(text);
    expect(text).toMatch(/^\{\n\t"model"/);
    expect(Object.keys(settings)).toEqual(Object.keys(mine));
    expect(settings).toMatchObject({
      ...mine,
      enabledPlugins: { 'other@market': true, 'perf-gate@perf-gate': true },
      permissions: { deny: ['Read(.env)'], defaultMode: 'plan' },
    });
    expect(settings.permissions.allow[0]).toBe('Bash(ls:*)');
    expect(lstatSync(join(repo.root, file)).isSymbolicLink()).toBe(true);
    expect(statSync(join(repo.root, file)).mode & 0o777).toBe(0o600);
  });

  it('refuses a file that is not JSON, and does not change it', async () => {
    const repo = repository({ [file]: '{ // mine\n}' });
    expect(await init(repo.root, '--claude')).toMatchObject({ code: 2, error: { code: 'settings_invalid' } });
    expect(repo.read(file)).toBe('{ // mine\n}');
  });

  it.each([
    ['no JSON', '{ "model": ', /JSON/],
    ['a key twice', '{ "env": {}, "env": { "A": "1" } }', /a key twice/],
    ['a number that would change', '{ "env": { "A": 12345678901234567890 } }', /a number/],
    ['a list of another kind', '{ "enabledPlugins": [] }', /enabledPlugins/],
    ['no object', '[]', /the file/],
  ])('refuses settings that it could not write back without loss: %s', (_, text, problem) => {
    expect(() => readSettings('settings.json', text)).toThrow(problem);
  });
});

describe('init', () => {
  it('writes a configuration that holds only comments, once', async () => {
    const repo = repository({ 'a.txt': '' });
    expect((await call(repo.root, 'init')).code).toBe(0);
    const text = repo.read('.perf-gate/config.yaml');
    expect(parse(text)).toBe(null);
    const named = [...text.matchAll(/^# (\w+):/gm)].map((m) => m[1]);
    expect(named).toEqual(['artifacts_dir', 'agent_may_approve']);
    repo.write('.perf-gate/config.yaml', 'artifacts_dir: story\n');
    expect(await init(repo.root)).toMatchObject({ code: 0, changed: [] });
    expect(repo.read('.perf-gate/config.yaml')).toBe('artifacts_dir: story\n');
  });
});
