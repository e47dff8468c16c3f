import type { Kind } from '../event.ts';
import { type Attributes, attributesOf, isPlain, nameFrom, numberFrom, objectsIn, timeFrom } from './body.ts';
import { levels, type Reading, type Told, whereFrom } from './told.ts';

/** The spans that are read, by name. Other spans are left out, because the logs have the same content. */
const spans: Readonly<Record<string, { kind: Kind; name: (attributes: Attributes) => string }>> = {
  interaction: { kind: 'turn', name: () => 'turn' },
  'tool.blocked_on_user': { kind: 'permission', name: (of) => nameFrom(of.get('tool_name')) || 'tool' },
};

/** Reads the body of a request to `/v1/traces`: the durations of turns and of waits for the user's permission. */
export function readTraces(body: unknown, { now, level }: Reading): Told {
  const told: Told = { events: [], rejected: 0, ignored: 0 };
  for (const ofResource of objectsIn(body, 'resourceSpans'))
    for (const scope of objectsIn(ofResource, 'scopeSpans'))
      for (const span of objectsIn(scope, 'spans')) {
        const attributes = attributesOf(span);
        const name = nameFrom(span.name).replace(/^claude_code\./, '');
        const meant = Object.hasOwn(spans, name) ? spans[name] : undefined;
        const { startTimeUnixNano: start, endTimeUnixNano: end, traceId, spanId } = span;
        const ms = numberFrom(attributes.get('duration_ms')) ?? between(start, end);
        if (name === '' || ms === undefined || ms < 0 || ![traceId, spanId].every(isPlain)) told.rejected++;
        else if (!meant || level === levels[0]) told.ignored++;
        else {
          const where = whereFrom(attributes);
          const decision = attributes.get('decision');
          told.events.push({
            t: timeFrom(end, now),
            kind: meant.kind,
            name: meant.name(attributes),
            duration_ms: ms,
            ok: decision === undefined ? null : decision === 'accept',
            ...where,
            plugin: '',
            handler_hash: '',
            identity: `${where.session ?? ''} ${String(traceId)} ${String(spanId)}`,
            attributes: {},
          });
        }
      }
  return told;
}

/** Milliseconds between two times in nanoseconds since 1970. Uses BigInt, because a number cannot hold such times exactly. */
function between(start: unknown, end: unknown): number | undefined {
  const [from, to] = [start, end].map((nanos) =>
    isPlain(nanos) && /^\d{1,20}$/.test(String(nanos)) ? BigInt(String(nanos)) : null,
  );
  return from == null || to == null ? undefined : Number(to - from) / 1e6;
}
