import * as z from 'zod';
import { failure } from '../core/errors.ts';
import type { Profile } from './model.ts';
import { profileOfSpans, type Span } from './span-tree.ts';

/** Whole nanoseconds, as text in the standard; some exporters write numbers. */
const nanos = z.union([z.string().regex(/^\d+$/), z.number().nonnegative().transform(Math.round)]).transform(BigInt);
const span = z.object({
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
});
const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]) })),
});

/**
 * Reads traces as OpenTelemetry exports them to JSON: one object, or one a line, as the collector's file exporter writes them.
 * Format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * @throws profile_unreadable
 */
export function readOtlp(bytes: Uint8Array, file: string): Profile {
  const text = new TextDecoder().decode(bytes).trim();
  const documents = /^\{[^\n]*\}$/m.test(text.split('\n', 1)[0]!) ? text.split('\n').filter(Boolean) : [text];
  const spans = documents.flatMap((document, i) => spansOf(document, file, i + 1));
  return profileOfSpans('otlp', spans, file);
}

function spansOf(document: string, file: string, number: number): Span[] {
  const parsed = traces.safeParse(json(document, file, number));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw unreadable(file, `document ${number}: ${path.join('.')}: ${message}`);
  }
  const all = parsed.data.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((scope) => scope.spans));
  return all.map((s) => ({
    id: s.spanId,
    parent: s.parentSpanId || null,
    name: s.name,
    ms: Math.max(0, Number(s.endTimeUnixNano - s.startTimeUnixNano) / 1e6),
  }));
}

function json(document: string, file: string, number: number): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw unreadable(file, `document ${number}, which is not JSON`);
  }
}

const unreadable = (file: string, found: string) =>
  failure('profile_unreadable', { file, expected: 'an object with resourceSpans, as OpenTelemetry exports it', found });

export const looksLikeOtlp = (start: string) => /"resourceSpans"\s*:/.test(start);
