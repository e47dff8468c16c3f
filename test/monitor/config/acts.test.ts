import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rulesOf } from '../../../src/monitor/alerts/own-rules.ts';
import { kept } from '../../../src/monitor/config/keeps.ts';
import { configJsonSchema, configSchema } from '../../../src/monitor/config/schema.ts';
import type { Kind } from '../../../src/monitor/event.ts';
import { event } from '../events.ts';

type Node = { properties?: Record<string, Node>; minimum?: number };

/** Every key without keys below it, as a path. */
const leavesOf = (node: Node, path: string[] = []): string[][] =>
  node.properties ? Object.entries(node.properties).flatMap(([key, of]) => leavesOf(of, [...path, key])) : [path];

const leaves = leavesOf(configJsonSchema() as Node);
const defaults = configSchema.parse({});

const sources = ['src/monitor', 'src/cli/commands/monitor']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('config/schema.ts'))
  .map((file) => readFileSync(file, 'utf8'));

/** Whether the code reads the key by its name, in a file that mentions its section. */
const isRead = (path: readonly string[]) => {
  const words = path.slice(-2).map((word) => new RegExp(`\\b${word}\\b`));
  return sources.some((text) => words.every((word) => word.test(text)));
};

it.each(leaves.filter(([section]) => section === 'metrics'))(
  '%s.%s: false leaves events or parts of reports out',
  (_, metric) => {
    const kinds: Kind[] = [
      'turn',
      'model',
      'tool',
      'permission',
      'hook',
      'hook_event',
      'agent',
      'test',
      'cache',
      'resource',
    ];
    const events = kinds.map((kind) => event(kind, { kind, attributes: { cache_read_tokens: 1 } }));
    const { metrics } = defaults;
    expect(kept(events, defaults)).toEqual(events);
    expect(kept(events, { ...defaults, metrics: { ...metrics, [metric!]: false } })).not.toEqual(events);
  },
);

it.each(leaves.filter((path) => path[1] === 'thresholds'))('%s.%s.%s changes a rule', (_, section, name) => {
  const thresholds = { ...defaults.alerting.thresholds, [name!]: 0.123 };
  expect(section).toBe('thresholds');
  expect(rulesOf({ ...defaults.alerting, thresholds })).not.toEqual(rulesOf(defaults.alerting));
});

it('every key of the configuration has an effect', () => {
  const others = leaves.filter(([section, below]) => section !== 'metrics' && below !== 'thresholds');
  expect(others.length).toBeGreaterThan(15);
  const unread = others.filter((path) => !isRead(path)).map((path) => path.join('.'));
  expect(unread).toEqual([]);
  expect(isRead(['storage', 'of_nothing'])).toBe(false);
});
