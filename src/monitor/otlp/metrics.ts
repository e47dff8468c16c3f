import { attributesOf, isPlain, nameFrom, numberFrom, objectsIn, timeFrom } from './body.ts';
import { levels, type Reading, type Told, whereFrom, wordsFrom } from './told.ts';

/** How a counter's points are to be added up; the client sends differences. */
const DELTA = [1, 'AGGREGATION_TEMPORALITY_DELTA'];

/** What the events of the logs tell too, call by call. */
const toldByLogs = ['token.usage', 'cost.usage', 'code_edit_tool.decision'];

/**
 * Reads the body of `/v1/metrics`: each point of a counter is an event that holds its difference as `value`. Counters that send their total
 * instead are rejected: added up, they would grow with every export.
 */
export function readMetrics(body: unknown, { now, level }: Reading): Told {
  const told: Told = { events: [], rejected: 0, ignored: 0 };
  for (const ofResource of objectsIn(body, 'resourceMetrics')) {
    const resource = attributesOf(ofResource.resource);
    for (const scope of objectsIn(ofResource, 'scopeMetrics'))
      for (const metric of objectsIn(scope, 'metrics')) {
        const name = nameFrom(metric.name).replace(/^claude_code\./, '');
        const isDelta = DELTA.includes((metric.sum as { aggregationTemporality?: never })?.aggregationTemporality ?? 0);
        for (const point of objectsIn(metric.sum, 'dataPoints')) {
          const value = numberFrom(point.asInt ?? point.asDouble);
          const where = whereFrom(attributesOf(point), resource);
          if (name === '' || value === undefined || !isDelta || !isPlain(point.timeUnixNano)) told.rejected++;
          else if (level === levels[0] || toldByLogs.includes(name)) told.ignored++;
          else {
            const words = wordsFrom(attributesOf(point), { type: 'type', language: 'language' });
            told.events.push({
              t: timeFrom(point.timeUnixNano, now),
              kind: 'session',
              name,
              duration_ms: null,
              ok: null,
              ...where,
              plugin: '',
              handler_hash: '',
              identity: `${where.session ?? ''} ${name} ${JSON.stringify(words)} ${String(point.timeUnixNano)}`,
              attributes: { ...words, value },
            });
          }
        }
      }
  }
  return told;
}
