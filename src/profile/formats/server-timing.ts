import type { Profile } from '../model.ts';
import { unreadable } from '../parsing/input.ts';
import { profileOfSpans, spanSums } from '../parsing/span-sums.ts';

const header = /^(?:< )?server-timing:[ \t]*(.*)$/gim;

/** The metric that by convention holds the time of the whole response. This time contains the times of all other metrics. */
const WHOLE = 'total';

/**
 * Reads the `Server-Timing` headers in a text, such as the output of `curl -si`: `db;dur=53.2;desc="the query", app;dur=47`. Metrics have
 * no parents, but a metric called `total` contains the other metrics. Metrics of the same name add up, also over several responses. Format:
 * https://www.w3.org/TR/server-timing/
 * @throws profile_unreadable: no metric has a duration
 */
export function readServerTiming(bytes: Uint8Array, file: string): Profile {
  const found = [...new TextDecoder().decode(bytes).matchAll(header)].flatMap(([, value = '']) => metricsOf(value));
  if (found.length === 0)
    throw unreadable(file, 'a header such as Server-Timing: db;dur=53.2', 'no metric with a duration');
  const sums = spanSums();
  for (const { name, ms } of found) sums.add(name, name === WHOLE ? null : WHOLE, ms);
  return profileOfSpans('server-timing', sums.all(), file);
}

/** The names and durations in the value of one `Server-Timing` header. Commas and semicolons inside quotes are no separators. */
function metricsOf(value: string): { name: string; ms: number }[] {
  return partsOf(value, ',').flatMap((metric) => {
    const [name = '', ...params] = partsOf(metric, ';');
    const dur = params.map((p) => /^dur\s*=\s*"?([\d.]+)"?$/i.exec(p)?.[1]).find((text) => text !== undefined);
    const ms = Number(dur);
    return name && dur !== undefined && Number.isFinite(ms) ? [{ name, ms }] : [];
  });
}

function partsOf(text: string, separator: ',' | ';'): string[] {
  const part = new RegExp(`(?:[^"${separator}]|"(?:[^"\\\\]|\\\\.)*"?)+`, 'g');
  return (text.match(part) ?? []).map((found) => found.trim());
}

export const looksLikeServerTiming = (text: string) => /^(?:< )?server-timing:/im.test(text);
