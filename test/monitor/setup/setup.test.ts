import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/monitor/setup.ts';
import { overruling } from '../../../src/monitor/setup/elsewhere.ts';
import { telemetryEnv } from '../../../src/monitor/setup/setup.ts';
import { overruledText } from '../../../src/monitor/text/setup.ts';
import { call, type Options } from '../../helpers/call.ts';
import { folder, put } from '../../helpers/folder.ts';

/** A home and a project, and the command in them. */
function place() {
  const root = folder();
  const cwd = join(root, 'shop');
  put(root, 'shop/.keep', '');
  const env = { HOME: root, PERF_GATE_MONITOR_HOME: join(root, 'monitor'), XDG_CONFIG_HOME: join(root, 'config') };
  const settings = join(root, '.claude/settings.json');
  const setup = (options: Options = {}, shell = {}) =>
    call(command, { cwd, env: { ...env, ...shell } }, [], { yes: true, ...options });
  return { root, cwd, settings, setup, text: () => readFileSync(settings, 'utf8') };
}

const texts = {
  'two spaces': '{\n  "model": "opus"\n}\n',
  'tabs and unusual spacing': '{\n\t"permissions": { "allow": ["Bash(ls:*)" ,"Read"] },\n\t"odd":[1,2 , 3]\n}',
  'one line': '{"env":{"A":"1"},"hooks":{}}',
  'an empty env': '{\n  "env": {},\n  "hooks": {}\n}\n',
  'env at the end': '{\r\n    "hooks": {},\r\n    "env": {\r\n        "A": "1"\r\n    }\r\n}\r\n',
  'telemetry already set': '{ "env": { "CLAUDE_CODE_ENABLE_TELEMETRY": "0", "OTEL_LOGS_EXPORTER": "console" } }',
};

describe('an undo restores settings byte for byte:', () => {
  it.each(Object.entries(texts))('%s', async (_, text) => {
    const { root, settings, setup, text: now } = place();
    put(root, '.claude/settings.json', text);
    chmodSync(settings, 0o640);
    expect((await setup({ replace: true })).code).toBe(0);
    const { env, ...others } = JSON.parse(now()) as { env: Record<string, string> };
    const { env: before, ...othersBefore } = JSON.parse(text) as { env?: Record<string, string> };
    expect(env).toEqual({
      ...before,
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    });
    expect(others).toEqual(othersBefore);
    expect(statSync(settings).mode & 0o777).toBe(0o640);
    await setup({ otlp: '4400' });
    await setup({ otlp: '4400' });
    expect(now()).toContain('127.0.0.1:4400');
    expect((await setup({ undo: true })).code).toBe(0);
    expect(now()).toBe(text);
    expect((await setup({ undo: true })).error?.code).toBe('monitor_not_set_up');
  });
});

it('an undo removes a file that did not exist before', async () => {
  const { root, settings, setup } = place();
  await setup();
  expect(existsSync(settings)).toBe(true);
  expect(statSync(join(root, 'monitor')).mode & 0o777).toBe(0o700);
  await setup({ undo: true });
  expect(existsSync(settings)).toBe(false);
});

it('later changes of the user stay, also after a second setup', async () => {
  const { root, settings, setup, text } = place();
  put(root, '.claude/settings.json', '{\n  "env": {\n    "OTEL_LOGS_EXPORTER": "otlp"\n  }\n}\n');
  await setup();
  writeFileSync(settings, text().replace('{\n', '{\n  "model": "opus",\n'));
  await setup({ otlp: '4400' });
  await setup({ undo: true });
  expect(text()).toBe('{\n  "model": "opus",\n  "env": {\n    "OTEL_LOGS_EXPORTER": "otlp"\n  }\n}\n');
});

it('a value that the user changed since the setup needs --replace in a second setup, and an undo restores it', async () => {
  const { setup, settings, text } = place();
  await setup();
  const theirs = text().replace('http://127.0.0.1:4318', 'https://collector.example');
  writeFileSync(settings, theirs);
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  expect((await setup({ replace: true })).code).toBe(0);
  expect(text()).toContain('127.0.0.1:4318');
  await setup({ undo: true });
  expect(JSON.parse(text())).toEqual({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' } });
  expect((await setup({ replace: true })).code).toBe(0);
  writeFileSync(settings, theirs);
  await setup({ undo: true });
  expect(JSON.parse(text())).toEqual({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' } });
});

it('after the user removed the variables, an undo changes nothing and the setup counts as undone', async () => {
  const { setup, settings, text } = place();
  await setup();
  writeFileSync(settings, '{ "model": "opus" }');
  expect((await setup({ undo: true })).code).toBe(0);
  expect(text()).toBe('{ "model": "opus" }');
  expect((await setup({ undo: true })).error?.code).toBe('monitor_not_set_up');
});

it('an undo restores former values of any type', async () => {
  const { root, settings, setup, text } = place();
  const before = '{ "env": { "CLAUDE_CODE_ENABLE_TELEMETRY": 0, "OTEL_LOGS_EXPORTER": null } }';
  put(root, '.claude/settings.json', before);
  await setup({ replace: true });
  writeFileSync(settings, text().replace('{', '{ "model": "opus",'));
  expect((await setup({ undo: true })).code).toBe(0);
  expect(JSON.parse(text())).toEqual({ model: 'opus', ...(JSON.parse(before) as object) });
});

it('a file that is not UTF-8 and a broken link stay unchanged', async () => {
  const { root, settings, setup } = place();
  put(root, '.claude/settings.json', '');
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  writeFileSync(settings, bytes);
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  expect(readFileSync(settings)).toEqual(bytes);
  rmSync(settings);
  symlinkSync(join(root, 'gone.json'), settings);
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  expect(lstatSync(settings).isSymbolicLink()).toBe(true);
});

it('nothing is changed without consent, in an unreadable file, or if another collector is configured', async () => {
  const { root, setup, text } = place();
  const refused = async (content: string, options: Options) => {
    put(root, '.claude/settings.json', content);
    const { error } = await setup(options);
    expect(text()).toBe(content);
    return error?.code;
  };
  expect(await refused('{}\n', { yes: false })).toBe('monitor_setup_unconfirmed');
  expect(await refused('{ // mine\n}', {})).toBe('monitor_settings_refused');
  expect(await refused('{"env": ["A"]}', {})).toBe('monitor_settings_refused');
  expect(await refused('[]', {})).toBe('monitor_settings_refused');
  const other = '{"env": {"OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector.example"}}';
  expect(await refused(other, {})).toBe('monitor_settings_refused');
});

it('invalid UTF-8 and a link to a missing file are refused', async () => {
  const { root, settings, setup } = place();
  put(root, '.claude/settings.json', '');
  const bytes = Buffer.from('{"model":"caf\u00e9"}', 'latin1');
  writeFileSync(settings, bytes);
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  expect(readFileSync(settings)).toEqual(bytes);
  rmSync(settings);
  symlinkSync(join(root, 'not mounted/settings.json'), settings);
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  expect(lstatSync(settings).isSymbolicLink()).toBe(true);
});

it('a link out of a project is not followed; a link in the user’s own settings is', async () => {
  const { root, cwd, setup } = place();
  put(root, 'elsewhere/settings.json', '{}\n');
  symlinkSync(join(root, 'elsewhere'), join(cwd, '.claude'));
  expect((await setup({ scope: 'project' })).error?.code).toBe('monitor_settings_refused');
  expect(readFileSync(join(root, 'elsewhere/settings.json'), 'utf8')).toBe('{}\n');
  symlinkSync(join(root, 'elsewhere'), join(root, '.claude'));
  expect((await setup()).code).toBe(0);
  expect(readFileSync(join(root, 'elsewhere/settings.json'), 'utf8')).toContain('OTEL_LOGS_EXPORTER');
});

it('setup --print prints the variables, to set them elsewhere', async () => {
  const { settings, setup } = place();
  expect(JSON.parse((await setup({ print: true })).out).env.OTEL_EXPORTER_OTLP_PROTOCOL).toBe('http/json');
  expect(existsSync(settings)).toBe(false);
});

it('variables for a single signal or in stronger settings, which make sessions send elsewhere, are named', async () => {
  const { root, setup } = place();
  const env = (of: object) => JSON.stringify({ env: of });
  put(root, '.claude/settings.json', env({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://collector.example' }));
  expect((await setup({ replace: true })).error?.code).toBe('monitor_settings_refused');
  put(root, '.claude/settings.json', env({ OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }));
  expect((await setup()).error?.code).toBe('monitor_settings_refused');
  put(root, 'shop/.claude/settings.json', env({ OTEL_LOGS_EXPORTER: 'none', OTHER: '1' }));
  const { overruled } = JSON.parse((await setup({ replace: true, json: true })).out);
  expect(overruled).toEqual([
    { name: 'OTEL_LOGS_EXPORTER', file: join(root, 'shop/.claude/settings.json'), managed: false },
  ]);
  put(root, 'shop/.claude/settings.json', '{}');
  expect(JSON.parse((await setup({ json: true, replace: true })).out)).toMatchObject({ changed: false, overruled: [] });
});

it('variables of the shell are named with their precedence, but without their values', async () => {
  const { setup } = place();
  const shell = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://SECRET.example',
    OTEL_LOGS_EXPORTER: 'otlp',
  };
  const { said } = await setup({}, shell);
  expect(said).toContain('OTEL_EXPORTER_OTLP_ENDPOINT: the settings take precedence');
  expect(said).toContain('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: the shell takes precedence');
  expect(said).not.toMatch(/SECRET|New sessions send/);
  expect(JSON.parse((await setup({ json: true }, shell)).out).shell).toEqual([
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', wins: false },
    { name: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', wins: true },
  ]);
});

it('managed settings take precedence over all, and the output explains how their collector can forward telemetry', () => {
  const { root, cwd } = place();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' };
  put(root, 'owner/managed-settings.json', JSON.stringify({ env }));
  const found = overruling({ cwd, env: { HOME: root }, managed: join(root, 'owner') }, 'user', telemetryEnv(4318));
  expect(found).toEqual([
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', file: join(root, 'owner/managed-settings.json'), managed: true },
  ]);
  expect(overruledText(found, 'http://127.0.0.1:4318')).toContain('forward the telemetry to http://127.0.0.1:4318');
});
