import { failure } from '../core/errors.ts';
import type { Profile } from './model.ts';
import { profileOfSpans, type Span } from './span-tree.ts';

const header = /^server-timing:\s*(.*)$/gim;

/**
 * Reads the `Server-Timing` headers in a text, such as what `curl -si` prints: `db;dur=53.2;desc="the query", app;dur=47`. Headers
 * know no parents; metrics of one name add up. Format: https://www.w3.org/TR/server-timing/
 * @throws profile_unreadable where no metric has a duration
 */
export function readServerTiming(bytes: Uint8Array, file: string): Profile {
  const text = new TextDecoder().decode(bytes);
  const sums = new Map<string, Span>();
  for (const [, value = ''] of text.matchAll(header))
    for (const metric of metricsOf(value)) {
      const sum = sums.get(metric.name);
      sums.set(metric.name, { id: metric.name, parent: null, name: metric.name, ms: (sum?.ms ?? 0) + metric.ms });
    }
  if (sums.size === 0)
    throw failure('profile_unreadable', {
      file,
      expected: 'a header such as Server-Timing: db;dur=53.2',
      found: 'no metric with a duration',
    });
  return profileOfSpans('server-timing', [...sums.values()], file);
}

/** Commas and semicolons inside of quotes separate nothing. */
function metricsOf(value: string): { name: string; ms: number }[] {
  const quiet = value.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return quiet.split(',').flatMap((metric) => {
    const [name = '', ...params] = metric.split(';').map((part) => part.trim());
    const dur = params.map((p) => /^dur\s*=\s*"?([\d.]+)/i.exec(p)?.[1]).find((found) => found !== undefined);
    const ms = Number(dur);
    return name && dur !== undefined && Number.isFinite(ms) ? [{ name, ms }] : [];
  });
}

export const looksLikeServerTiming = (text: string) => /^server-timing:/im.test(text);
