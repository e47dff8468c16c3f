import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hooksTable } from '../../../src/sentinel/hooks-table.ts';
import { discoverIn, folderWith, on, running, says } from './place.ts';

const hooksFile = 'p/hooks/hooks.json';
const look = { width: 80, colour: false, unicode: true };

it('a FIFO, a folder and a device instead of a file are reported, and do not block', () => {
  const root = folderWith({ 'q/hooks/hooks.json': '' });
  for (const name of ['fifo', 'folder', 'device']) mkdirSync(join(root, 'all', name, 'hooks'), { recursive: true });
  execFileSync('mkfifo', [join(root, 'all/fifo/hooks/hooks.json')]);
  mkdirSync(join(root, 'all/folder/hooks/hooks.json'));
  symlinkSync('/dev/zero', join(root, 'all/device/hooks/hooks.json'));
  const { hooks, problems } = discoverIn(root, { plugins: '../all' });
  expect(hooks).toEqual([]);
  expect(problems.map((p) => p.code === 'unreadable' && p.reason)).toEqual([
    'it is a device, not a regular file',
    'it is a FIFO, not a regular file',
    'it is a folder, not a regular file',
  ]);
});

it('a file that is too long is not read, and only the first of too many hooks are read', () => {
  const long = `{"hooks":${' '.repeat(5 * 1024 ** 2)}{}}`;
  const many = { hooks: { Stop: [{ hooks: Array(1500).fill(says('x')) }] } };
  const root = folderWith({ 'all/long/hooks/hooks.json': long, 'all/many/hooks/hooks.json': many });
  const { hooks, problems } = discoverIn(root, { plugins: '../all' });
  expect(hooks).toHaveLength(1000);
  expect(new Set(hooks.map(({ id }) => id)).size).toBe(1000);
  expect(running(hooks)).toEqual(['x']);
  expect(problems).toMatchObject([
    { code: 'unreadable', reason: expect.stringContaining('4 MB') },
    { code: 'too_many', most: 1000 },
  ]);
});

it('links that form a cycle are not plugins', () => {
  const root = folderWith({ [hooksFile]: { hooks: on('Stop', 'x') } });
  symlinkSync(root, join(root, 'p', 'skills'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync('..', join(root, 'home', '.claude'));
  expect(running(discoverIn(root, { plugins: '..' }).hooks)).toEqual(['x']);
  expect(discoverIn(root).hooks).toEqual([]);
});

it('control characters in names do not reach the terminal', () => {
  const event = 'Stop\u001b[2J';
  const name = 'p\u001b]0;x\u0007\u202e';
  const root = folderWith({
    'p/.claude-plugin/plugin.json': { name },
    [hooksFile]: {
      hooks: { [event]: [{ matcher: '\u001b[1A', hooks: [says('\u001b[31mred\u0007')] }], ...on('Stop', 'a\rb') },
    },
  });
  const found = discoverIn(root, { plugins: '../p' });
  const text = hooksTable(found, look);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters must not occur
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(found.hooks.map(({ id }) => id).join()).not.toContain('\u001b');
});

it('names of object properties, such as constructor, are treated like other names', () => {
  const file =
    '{"hooks":{"__proto__":[{"hooks":[{"type":"command","command":"a"}]}],"constructor":[{"hooks":[5]}],"toString":5}}';
  const { hooks } = discoverIn(folderWith({ [hooksFile]: file }), { plugins: '../p' });
  expect(hooks.map(({ event, dead }) => [event, dead?.code])).toEqual([
    ['__proto__', 'event'],
    ['constructor', 'shape'],
    ['toString', 'shape'],
  ]);
  const root = folderWith({
    'home/.claude/settings.json': '{"enabledPlugins":{"__proto__":true,"constructor@toString":true,"@":true}}',
  });
  expect(discoverIn(root).problems.length).toBeLessThanOrEqual(3);
});

it('a pattern that takes for ever is stopped, and matches nothing', () => {
  const matcher = '^(a|a|[a-z_]+|a)+$(?!x)!';
  const root = folderWith({ [hooksFile]: { hooks: { SessionEnd: [{ matcher, hooks: [says('x')] }] } } });
  expect(discoverIn(root, { plugins: '../p' }).hooks.map(({ dead }) => dead?.code)).toEqual(['matcher']);
});

it('any value instead of any other is found or reported, and never throws', () => {
  const odd = [null, 5, 'x', true, [], {}, [[]], [null], { hooks: 5 }, [{ hooks: [[]] }], { a: { b: [] } }];
  for (const value of odd)
    for (const files of [
      { 'all/.claude-plugin/marketplace.json': value, 'all/p/hooks/hooks.json': {} },
      { 'all/.claude-plugin/marketplace.json': { plugins: value }, 'all/p/hooks/hooks.json': {} },
      { 'all/p/.claude-plugin/plugin.json': value, 'all/p/hooks/hooks.json': { hooks: value } },
      {
        'all/p/hooks/hooks.json': { hooks: { Stop: value, PreToolUse: [value, { hooks: value }, { hooks: [value] }] } },
      },
    ]) {
      const root = folderWith(files);
      const call = () => hooksTable(discoverIn(root, { plugins: '../all' }), look);
      if (files['all/.claude-plugin/marketplace.json'] === undefined) expect(call).not.toThrow();
      else
        try {
          call();
        } catch (error) {
          expect(error).toMatchObject({ code: 'no_plugins' });
        }
    }
  for (const value of odd)
    for (const key of ['hooks', 'enabledPlugins', 'extraKnownMarketplaces', 'disableAllHooks'])
      expect(() =>
        hooksTable(discoverIn(folderWith({ 'home/.claude/settings.json': { [key]: value } })), look),
      ).not.toThrow();
});
