import { eachItem, fieldsReader, type Json, jsonFrom, whole } from './json-cursor.ts';

/**
 * Calls `act` at each event of a trace, which is a list of events or an object with `traceEvents`. `act` must read or skip the event. The
 * format allows a list without its end, because a killed program does not write the end.
 * @throws profile_unreadable
 */
export function eachTraceEvent(bytes: Uint8Array, file: string, act: (json: Json, index: number) => void): void {
  const each = (json: Json) => eachItem(json, (i) => act(json, i));
  const isList = /^\s*\[/.test(new TextDecoder().decode(bytes.subarray(0, 100)));
  if (isList) whole(jsonFrom(closed(bytes), file), each);
  else whole(jsonFrom(bytes, file), fieldsReader({ traceEvents: each }));
}

/** Adds the closing bracket to a list that ends after an event, or after an event and a comma. */
function closed(bytes: Uint8Array): Uint8Array {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-1000).toString('latin1');
  const [comma] = /,?\s*$/.exec(end)!;
  if (!/\}$/.test(end.slice(0, end.length - comma.length))) return bytes;
  return Buffer.concat([bytes.subarray(0, bytes.length - comma.length), Buffer.from(']')]);
}
