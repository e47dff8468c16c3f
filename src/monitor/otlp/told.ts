import type { MonitorEvent } from '../event.ts';
import { type Attributes, nameFrom, numberFrom } from './body.ts';
import type { Counting } from './totals.ts';

/** The values of the configuration's `collection_level`, from the lowest on. */
export const levels = ['minimal', 'standard', 'detailed'] as const;
export type Level = (typeof levels)[number];

/** The events of a body. `rejected`: number of unreadable records; `ignored`: of records that the monitor does not keep. */
export type Told = { events: MonitorEvent[]; rejected: number; ignored: number };

/** The options of a reader. `now`: the time of arrival in ms since 1970; `totals`: converts totals to differences. */
export type Reading = { now: number; level: Level; totals: Counting };

/**
 * The session and prompt of an event. The project is always null, even if the sender names one: any user of this machine may send here, and
 * the service reads the projects that it knows.
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

/** The numeric attributes among `names`, renamed: `{ input_bytes: 'tool_input_size_bytes' }`. */
export function numbersFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, number> {
  const found = Object.entries(names).map(([name, of]) => [name, numberFrom(attributes.get(of))] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, number] => pair[1] !== undefined));
}

/** The attributes among `names` that are short words, such as the client's `accept` or `config`, renamed. */
export function wordsFrom(attributes: Attributes, names: Readonly<Record<string, string>>): Record<string, string> {
  const found = Object.entries(names).map(([name, of]) => [name, attributes.get(of)] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && /^[\w.:@-]{1,60}$/.test(pair[1])),
  );
}
