import { attributesOf, isPlain, nameFrom, numberFrom, objectsIn, timeFrom } from './body.ts';
import { levels, type Reading, type Told, whereFrom, wordsFrom } from './told.ts';

/**
 * The aggregation temporality says whether a counter sends differences (delta) or totals (cumulative), as a number or as a name. A client
 * sends totals only if its user configures them.
 */
const DELTA = [1, 'AGGREGATION_TEMPORALITY_DELTA'];
const CUMULATIVE = [2, 'AGGREGATION_TEMPORALITY_CUMULATIVE'];

/** Metrics that are left out, because log events contain the same figures for each single call. */
const toldByLogs = ['token.usage', 'cost.usage', 'code_edit_tool.decision'];

/**
 * Reads the body of a request to `/v1/metrics`. Each point of a counter becomes an event, whose `value` is the difference from the point
 * before. If a counter sends totals, `totals` computes the difference.
 */
export function readMetrics(body: unknown, { now, level, totals }: Reading): Told {
  const told: Told = { events: [], rejected: 0, ignored: 0 };
  for (const ofResource of objectsIn(body, 'resourceMetrics'))
    for (const scope of objectsIn(ofResource, 'scopeMetrics'))
      for (const metric of objectsIn(scope, 'metrics')) {
        const name = nameFrom(metric.name).replace(/^claude_code\./, '');
        const temporality = (metric.sum as { aggregationTemporality?: never })?.aggregationTemporality ?? 0;
        const isTotal = CUMULATIVE.includes(temporality);
        for (const point of objectsIn(metric.sum, 'dataPoints')) {
          const value = numberFrom(point.asInt ?? point.asDouble);
          const where = whereFrom(attributesOf(point));
          if (
            name === '' ||
            value === undefined ||
            !(isTotal || DELTA.includes(temporality)) ||
            !isPlain(point.timeUnixNano)
          )
            told.rejected++;
          else if (level === levels[0] || toldByLogs.includes(name)) told.ignored++;
          else {
            const words = wordsFrom(attributesOf(point), { type: 'type', language: 'language' });
            const stream = `${where.session ?? ''} ${name} ${JSON.stringify(words)}`;
            const grown = isTotal ? totals.grown(stream, String(point.startTimeUnixNano ?? ''), value) : value;
            if (grown === null) {
              told.ignored++;
              continue;
            }
            told.events.push({
              t: timeFrom(point.timeUnixNano, now),
              kind: 'session',
              name,
              duration_ms: null,
              ok: null,
              ...where,
              plugin: '',
              handler_hash: '',
              identity: `${stream} ${String(point.timeUnixNano)}`,
              attributes: { ...words, value: grown },
            });
          }
        }
      }
  return told;
}
