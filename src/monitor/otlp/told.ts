import type { MonitorEvent } from '../event.ts';
import { type Attributes, nameFrom, numberFrom } from './body.ts';
import type { Counting } from './totals.ts';

/** How much is kept (the configuration's `collection_level`), from the least on. */
export const levels = ['minimal', 'standard', 'detailed'] as const;
export type Level = (typeof levels)[number];

/** What of a body became events. `rejected`: records that could not be read; `ignored`: those that the monitor does not keep. */
export type Told = { events: MonitorEvent[]; rejected: number; ignored: number };

/** What is asked of a reader: the time of arrival in ms since 1970, how much is kept, and how totals become differences. */
export type Reading = { now: number; level: Level; totals: Counting };

/** What every event of the client says: its session and prompt. */
export function whereFrom(attributes: Attributes, resource: Attributes) {
  const session = nameFrom(attributes.get('session.id'));
  return {
    session: session === '' ? null : session,
    prompt: nameFrom(attributes.get('prompt.id')) || null,
    project: nameFrom(resource.get('perf_gate.project')) || null,
    source: 'otlp' as const,
  };
}

/** Those of the named attributes that are numbers, under new names: `{ input_bytes: 'tool_input_size_bytes' }`. */
export function numbersFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, number> {
  const found = Object.entries(names).map(([name, of]) => [name, numberFrom(attributes.get(of))] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, number] => pair[1] !== undefined));
}

/** Those of the named attributes that are words of a few letters, as the client's own `accept` or `config`. */
export function wordsFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, string> {
  const found = Object.entries(names).map(([name, of]) => [name, attributes.get(of)] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && /^[\w.:@-]{1,60}$/.test(pair[1])),
  );
}
