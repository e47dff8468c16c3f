import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kept } from '../../../src/monitor/config/keeps.ts';
import { monitorConfig } from '../../../src/monitor/config/read.ts';
import { configJsonSchema } from '../../../src/monitor/config/schema.ts';
import { shownConfig } from '../../../src/monitor/config/shown.ts';
import { folder } from '../../helpers/folder.ts';
import { event } from '../events.ts';

const read = (files: { user?: string }) => {
  const root = folder(files.user === undefined ? {} : { 'config/perf-gate/monitor.yaml': files.user });
  return monitorConfig({ XDG_CONFIG_HOME: join(root, 'config') });
};

it('the configuration has defaults for keys that the user does not set', () => {
  expect(read({}).config).toMatchObject({
    collection_level: 'standard',
    storage: { retention_days: 30, hourly_days: 400, compression: true, max_storage_mb: 1024 },
    alerting: { thresholds: { execution_time_critical: 40, success_rate_warning: 0.9 } },
    dashboard: { port: 8080, refresh_interval: 5 },
  });
  const { config, file } = read({ user: 'collection_level: minimal\nstorage: { retention_days: 7 }\n' });
  expect(config).toMatchObject({
    collection_level: 'minimal',
    storage: { retention_days: 7, max_storage_mb: 1024 },
  });
  expect(file).toMatch(/monitor\.yaml$/);
  expect(read({}).file).toBeNull();
});

it('keys may also be nested below performance_monitoring', () => {
  expect(read({ user: 'performance_monitoring:\n  enabled: false\n' }).config.enabled).toBe(false);
  expect(read({ user: '' }).config.enabled).toBe(true);
});

describe('an error names the file and the key:', () => {
  it.each([
    ['collection_level: everything', /collection_level: expected minimal, standard or detailed/],
    ['storage: { retention_day: 3 }', /retention_day.*retention_days/],
    ['storage: { retention_days: 0 }', /storage\.retention_days/],
    ['dashboard: { port: web }', /dashboard\.port: expected .*number/],
    ['notifications: { receivers: [{ name: a, type: desktop }, { name: a, type: desktop }] }', /different names/],
    ['a: [', /./],
    ['[]', /the file/],
  ])('%s', (user, words) => {
    expect(() => read({ user })).toThrow(
      expect.objectContaining({ code: 'monitor_config_invalid', message: expect.stringMatching(words) }),
    );
  });
});

it('secrets of receivers are shown neither in errors nor in the printed configuration', () => {
  const user = (url: string) =>
    `notifications: { receivers: [{ name: a, type: webhook, url: "${url}", headers: { authorization: Bearer SECRET } }, { name: b, type: slack, url: "${url}" }, { name: c, type: command, command: [notify, --token, SECRET] }] }`;
  const shown = JSON.stringify(shownConfig(read({ user: user('https://hooks.example/SECRET?SECRET') }).config));
  expect(shown).toContain('https://hooks.example/…');
  expect(shown).not.toContain('SECRET');
  expect(() => read({ user: user('https://me:SECRET@hooks.example/') })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('SECRET') }),
  );
});

it('every key is described in the schema for editors', () => {
  const { storage } = configJsonSchema().properties!;
  expect(storage!.properties!.retention_days).toMatchObject({
    type: 'integer',
    default: 30,
    description: expect.stringMatching(/kept/),
  });
});

it('disabled metrics are not stored', () => {
  const { config } = read({ user: 'metrics: { agent_performance: false, cache_performance: false }' });
  const events = [
    event('1', { kind: 'agent', name: 'Explore' }),
    event('2', { kind: 'model', name: 'm', attributes: { cache_read_tokens: 9, input_tokens: 1 } }),
    event('3', { kind: 'session', name: 'active_time.total' }),
  ];
  expect(kept(events, config).map(({ kind, attributes }) => [kind, attributes])).toEqual([
    ['model', { input_tokens: 1 }],
    ['session', {}],
  ]);
});

it('the level minimal stores only hooks, from every source', () => {
  const events = (['turn', 'tool', 'hook', 'hook_event'] as const).map((kind) => event(kind, { kind }));
  const { config } = read({ user: 'collection_level: minimal' });
  expect(kept(events, config).map(({ kind }) => kind)).toEqual(['hook', 'hook_event']);
});
