import type { MonitorEvent } from '../event.ts';
import { type Attributes, nameFrom, numberFrom } from './body.ts';
import type { Counting } from './totals.ts';

/** The values of the setting `collection_level`, the lowest first. */
export const levels = ['minimal', 'standard', 'detailed'] as const;
export type Level = (typeof levels)[number];

/**
 * The events in the body of a request. `rejected`: the number of unreadable records. `ignored`: the number of records that the monitor does
 * not store.
 */
export type Told = { events: MonitorEvent[]; rejected: number; ignored: number };

/** The options of a reader. `now`: when the request arrived, in ms since 1970. `totals`: converts totals to differences. */
export type Reading = { now: number; level: Level; totals: Counting };

/**
 * The session and the prompt of an event. The project is always null, even if the sender names a project. Any user of this machine can send
 * telemetry, but no sender may select the projects whose files the service reads.
 */
export function whereFrom(attributes: Attributes) {
  const session = nameFrom(attributes.get('session.id'));
  return {
    session: session === '' ? null : session,
    prompt: nameFrom(attributes.get('prompt.id')) || null,
    project: null,
    source: 'otlp' as const,
  };
}

/**
 * The attributes that are numbers, under new names. `names` gives the old name for each new name, such as `{ input_bytes:
 * 'tool_input_size_bytes' }`.
 */
export function numbersFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, number> {
  const found = Object.entries(names).map(([name, of]) => [name, numberFrom(attributes.get(of))] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, number] => pair[1] !== undefined));
}

/**
 * The attributes that are short words, such as the client's `accept` or `config`, under new names. `names` gives the old name for each new
 * name.
 */
export function wordsFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, string> {
  const found = Object.entries(names).map(([name, of]) => [name, attributes.get(of)] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && /^[\w.:@-]{1,60}$/.test(pair[1])),
  );
}
