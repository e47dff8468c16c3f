import { lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withItem, withoutValue } from '../../../src/sentinel/record/json-edit.ts';
import { recording, recordOff, recordOn } from '../../../src/sentinel/record/switch.ts';
import { sentinelConfig } from '../../../src/sentinel/store/config.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

/** A home with these settings of the client; undefined: no file. */
function homeWith(settings?: string) {
  const home = temporaryFolder('perf-gate-home-');
  const env = { HOME: home };
  const file = join(home, '.claude', 'settings.json');
  mkdirSync(dirname(file));
  if (settings !== undefined) writeFileSync(file, settings);
  const place = { cwd: home, env };
  const now = () => recording(place, sentinelConfig(env));
  return {
    home,
    now,
    file,
    on: () => recordOn(place, sentinelConfig(env)),
    off: () => recordOff(place, sentinelConfig(env)),
  };
}

const read = (file: string) => readFileSync(file, 'utf8');

/** Different layouts of settings. */
const looks = {
  'without hooks': '{\n  "model": "opus",\n  "permissions": { "allow": ["Bash(ls:*)"] }\n}\n',
  'with hooks of another event':
    '{\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [{ "type": "command", "command": "say done" }] }\n\t\t]\n\t},\n\t"n": 1.0e2\n}',
  'with a hook of that event':
    '{\r\n    "hooks": {\r\n        "SessionEnd": [\r\n            {"hooks":[{"type":"command","command":"mine"}]}\r\n        ]\r\n    }\r\n}\r\n',
  'on one line': '{"a":1,"hooks":{"SessionEnd":[{"hooks":[]}]}}',
  'with a number that JavaScript cannot keep': '{ "id": 12345678901234567890 }\n',
  empty: '{}\n',
};

it.each(Object.entries(looks))('on and off leave settings %s byte for byte', (_, text) => {
  const { file, on, off, now } = homeWith(text);
  expect(on()).toMatchObject({ on: true, changed: true, settings: file, events: ['SessionEnd'] });
  const between = read(file);
  expect(JSON.parse(between).hooks.SessionEnd.at(-1).hooks[0].command).toContain('/perf-gate/sentinel/record.sh');
  expect(on()).toMatchObject({ on: true, changed: false });
  expect(read(file)).toBe(between);
  expect(off()).toMatchObject({ on: false, changed: true });
  expect(read(file)).toBe(text);
  expect(off()).toMatchObject({ changed: false });
  expect(now()).toMatchObject({ on: false, events: [] });
});

it('`off` for one client folder does not affect another, and a missing script is reported', () => {
  const home = temporaryFolder("perf-gate-it's a home-");
  const at = (folder: string) => {
    const env = { HOME: home, CLAUDE_CONFIG_DIR: join(home, folder) };
    return [{ cwd: home, env }, sentinelConfig(env)] as const;
  };
  expect(recordOn(...at('a'))).toMatchObject({ on: true, gone: false });
  recordOn(...at('b'));
  expect(recordOff(...at('a'))).toMatchObject({ on: false, gone: false });
  expect(recording(...at('b'))).toMatchObject({ on: true, gone: false });
  rmSync(join(home, '.local'), { recursive: true });
  expect(recording(...at('b'))).toMatchObject({ on: true, gone: true });
  expect(recordOn(...at('b'))).toMatchObject({ changed: true, gone: false });
});

it('creates missing settings, in the folder that CLAUDE_CONFIG_DIR names', () => {
  const home = temporaryFolder();
  const env = { HOME: home, CLAUDE_CONFIG_DIR: join(home, 'elsewhere') };
  const { settings } = recordOn({ cwd: home, env }, sentinelConfig(env));
  expect(settings).toBe(join(home, 'elsewhere/settings.json'));
  expect(Object.keys(JSON.parse(read(settings)))).toEqual(['hooks']);
  expect(statSync(settings).mode & 0o777).toBe(0o600);
});

it('removes only its own hook from a user’s group', () => {
  const { file, on, off } = homeWith();
  on();
  const settings = JSON.parse(read(file));
  settings.hooks.SessionEnd[0].hooks.unshift({ type: 'command', command: 'mine' });
  writeFileSync(file, JSON.stringify(settings, null, 4));
  off();
  expect(JSON.parse(read(file))).toEqual({
    hooks: { SessionEnd: [{ hooks: [{ type: 'command', command: 'mine' }] }] },
  });
});

it('adds a SessionStart hook too if the user wants messages about slow sessions', () => {
  const { home, file, on, off } = homeWith('{}\n');
  on();
  const config = join(home, '.cache/claude-plugins/perf-sentinel/config.json');
  writeFileSync(config, JSON.stringify({ notifications: { on_slow_session: true } }));
  expect(on()).toMatchObject({ changed: true, events: ['SessionEnd', 'SessionStart'] });
  writeFileSync(config, '{}');
  expect(on()).toMatchObject({ changed: true, events: ['SessionEnd'] });
  off();
  expect(read(file)).toBe('{}\n');
});

it('keeps a link as a link, and the mode of the file', () => {
  const { home, file, on } = homeWith();
  const real = join(home, 'dotfiles.json');
  writeFileSync(real, '{}\n', { mode: 0o640 });
  symlinkSync(real, file);
  on();
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(read(real)).toContain('record.sh');
});

it.each([
  ['no JSON', '{ "hooks": {} // mine\n}'],
  ['a list', '[]'],
  ['hooks as a list', '{"hooks":[]}'],
  ['an event without a list', '{"hooks":{"SessionEnd":{"hooks":[]}}}'],
  ['hooks that are null', '{"hooks":null}'],
])('leaves settings alone that are %s', (_, text) => {
  const { file, on } = homeWith(text);
  expect(on).toThrow(expect.objectContaining({ code: 'client_settings_invalid' }));
  expect(read(file)).toBe(text);
});

it('leaves settings alone that are not UTF-8, or a link to a missing file', () => {
  const { home, file, on, off } = homeWith();
  const bytes = Buffer.from('{"model":"caf\u00e9"}', 'latin1');
  writeFileSync(file, bytes);
  const refused = expect.objectContaining({ code: 'client_settings_invalid' });
  expect(on).toThrow(refused);
  expect(off).toThrow(refused);
  expect(readFileSync(file)).toEqual(bytes);
  rmSync(file);
  symlinkSync(join(home, 'not mounted/settings.json'), file);
  expect(on).toThrow(refused);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
});

it('for a duplicate key it uses the one that counts', () => {
  const { file, on, off } = homeWith('{"hooks":{"Stop":[]},"hooks":{"Stop":[]}}');
  on();
  expect(JSON.parse(read(file)).hooks.SessionEnd).toHaveLength(1);
  off();
  expect(read(file)).toBe('{"hooks":{"Stop":[]},"hooks":{"Stop":[]}}');
});

it('a value added to any JSON can be removed again, and changes nothing else', () => {
  const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '  ');
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'), space, (json, indent, around) => {
      const data = { ...Object.fromEntries([['x', JSON.parse(json)]]), list: [1] };
      const text = `${around}${JSON.stringify(data, null, indent)}${around}`;
      const added = withItem(text, ['list'], { new: '}]"\\' });
      expect(JSON.parse(added)).toEqual({ ...data, list: [1, { new: '}]"\\' }] });
      expect(withoutValue(added, ['list', 1])).toBe(text);
      const deeper = withItem(text, ['y', 'z'], 1);
      expect(JSON.parse(deeper)).toEqual({ ...data, y: { z: [1] } });
      expect(withoutValue(deeper, ['y'])).toBe(text);
    }),
  );
});

it('says when the client never calls the hook', () => {
  const { on, now } = homeWith('{ "disableAllHooks": true }\n');
  expect(on()).toMatchObject({ on: true, dead: { code: 'switched_off' } });
  expect(now().dead).toMatchObject({ by: expect.stringContaining('disableAllHooks') });
});
