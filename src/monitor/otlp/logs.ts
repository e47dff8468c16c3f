import { attributesOf, isPlain, numberFrom, objectsIn, timeFrom } from './body.ts';
import { clientEvent, figuresOfEvent } from './client-events.ts';
import { levels, type Reading, type Told, whereFrom } from './told.ts';

/** Reads the body of a request to `/v1/logs`. The body may violate the OTLP standard. */
export function readLogs(body: unknown, { now, level }: Reading): Told {
  const told: Told = { events: [], rejected: 0, ignored: 0 };
  for (const ofResource of objectsIn(body, 'resourceLogs'))
    for (const scope of objectsIn(ofResource, 'scopeLogs'))
      for (const record of objectsIn(scope, 'logRecords')) {
        const attributes = attributesOf(record);
        const name = nameOf(record, attributes.get('event.name'));
        const event = clientEvent(name);
        if (name === '' || !isPlain(record.timeUnixNano)) told.rejected++;
        else if (!event || levels.indexOf(event.level) > levels.indexOf(level)) told.ignored++;
        else {
          const where = whereFrom(attributes);
          const id = event.id === undefined ? undefined : attributes.get(event.id);
          const number = numberFrom(attributes.get('event.sequence'));
          const nth = `${name} ${number ?? ''} ${String(record.timeUnixNano ?? attributes.get('event.timestamp'))}`;
          told.events.push({
            t: timeFrom(record.timeUnixNano ?? record.observedTimeUnixNano, now),
            ...figuresOfEvent(event, attributes),
            ...where,
            handler_hash: '',
            identity: `${where.session ?? ''} ${id ?? nth}`,
          });
        }
      }
  return told;
}

/**
 * The name of a log record. The client sends the name as an attribute and as the record's body. In some versions of the client, the
 * attribute lacks the prefix.
 */
function nameOf({ body, eventName }: Record<string, unknown>, attribute: unknown): string {
  const text = (body as { stringValue?: unknown } | null | undefined)?.stringValue;
  const named = [eventName, attribute, text].find((name) => typeof name === 'string' && name !== '');
  return typeof named === 'string' ? named : '';
}
