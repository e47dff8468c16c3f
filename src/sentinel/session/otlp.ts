import { amountOf, type Fields, fieldsOf, momentOf, recordsIn, textOf } from '../transcripts/fields.ts';

/**
 * One event that Claude Code exported. The attributes of an event are strings, numbers and booleans. A number can also be written as a
 * string. Long strings, such as prompts and tool inputs, are left out.
 */
export type Exported = { name: string; t: number; session: string | null; attributes: ReadonlyMap<string, unknown> };

const LONGEST_TEXT = 4096;

/**
 * The events of an OTLP/JSON log export. `value` is the export, or an object with the export as its `body`. Values of any other shape are
 * skipped. Never throws.
 */
export function eventsOf(value: unknown): Exported[] {
  const body = fieldsOf(value);
  return recordsIn((fieldsOf(body?.body) ?? body)?.resourceLogs)
    .flatMap(({ scopeLogs }) => recordsIn(scopeLogs))
    .flatMap(({ logRecords }) => recordsIn(logRecords))
    .flatMap((record) => eventOf(record) ?? []);
}

function eventOf(record: Fields): Exported | null {
  const attributes = new Map(recordsIn(record.attributes).flatMap(attributeOf));
  const name = textOf(attributes.get('event.name'));
  const nanoseconds = amountOf(record.timeUnixNano, 1e20);
  const t = momentOf(attributes.get('event.timestamp')) ?? (nanoseconds === null ? null : nanoseconds / 1e6);
  return name === null || t === null ? null : { name, t, session: textOf(attributes.get('session.id')), attributes };
}

function attributeOf({ key, value }: Fields): [string, unknown][] {
  const typed = fieldsOf(value);
  if (typeof key !== 'string' || typed === null) return [];
  const { stringValue, intValue, doubleValue, boolValue } = typed;
  const scalar = stringValue ?? intValue ?? doubleValue ?? boolValue;
  return typeof scalar === 'string' && scalar.length > LONGEST_TEXT ? [] : [[key, scalar]];
}

/** A text attribute of an event. Null if the attribute is missing. */
export const textIn = ({ attributes }: Exported, key: string): string | null => textOf(attributes.get(key));

/** A number attribute of an event, at least 0. Null if the attribute is missing. */
export const amountIn = ({ attributes }: Exported, key: string): number | null => amountOf(attributes.get(key));
