import * as z from 'zod';
import { type Profile, profileBuilder } from '../model.ts';
import { namedPart } from '../parsing/frames.ts';
import { linesOf, unreadable } from '../parsing/input.ts';
import { ownTimes } from '../parsing/span-overlap.ts';

/** Whole nanoseconds. The standard writes these times as text, but some exporters write them as numbers. */
const nanos = z.union([z.string().regex(/^\d+$/), z.number().nonnegative().transform(Math.round)]).transform(BigInt);
const span = z.object({
  traceId: z.string().default(''),
  spanId: z.string(),
  parentSpanId: z.string().nullish(),
  name: z.string(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
});
const attribute = z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }).nullish() });
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute).default([]) }).nullish(),
      scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]),
    }),
  ),
});

const expected = 'an object with resourceSpans, as OpenTelemetry exports it';

type Span = z.infer<typeof span> & { service: string };

/**
 * Reads traces as OpenTelemetry exports them to JSON: one object, or one object per line as the collector's file exporter writes them.
 * The profile's total is the time in which a trace had any open span, summed over all traces. If several services take part, each span's
 * name begins with the name of its service. Format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * @throws profile_unreadable
 */
export function readOtlp(bytes: Uint8Array, file: string): Profile {
  const lines = [...linesOf(bytes)].filter((line) => line.trim() !== '');
  const isOneALine = /^\s*\{.*\}\s*$/.test(lines[0] ?? '');
  const documents = isOneALine ? lines : [lines.join('\n')];
  const spans = documents.flatMap((document, i) => spansOf(document, file, i + 1));
  const services = new Set(spans.map((each) => each.service));
  const nameOf = ({ service, name }: Span) => (services.size > 1 && service ? `${service}: ${name}` : name);
  const builder = profileBuilder('otlp', 'ms', false);
  for (const trace of byTrace(spans).values()) {
    const parents = parentsOf(trace);
    const own = ownTimes(timed(trace, parents));
    const nodes: number[] = [];
    for (const at of callersFirst(parents, file)) {
      const parent = parents[at]!;
      nodes[at] = builder.node(parent === -1 ? -1 : nodes[parent]!, namedPart(nameOf(trace[at]!)));
      builder.add(nodes[at], own[at]!, 1);
    }
  }
  return builder.done();
}

function spansOf(document: string, file: string, number: number): Span[] {
  const parsed = traces.safeParse(json(document, file, number));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw unreadable(file, expected, `document ${number}: ${path.join('.')}: ${message}`);
  }
  return parsed.data.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource?.attributes.find(({ key }) => key === 'service.name')?.value?.stringValue ?? '';
    return scopeSpans.flatMap((scope) => scope.spans.map((each) => ({ ...each, service })));
  });
}

function byTrace(spans: readonly Span[]): Map<string, Span[]> {
  const traces = new Map<string, Span[]>();
  for (const each of spans) {
    if (!traces.has(each.traceId)) traces.set(each.traceId, []);
    traces.get(each.traceId)!.push(each);
  }
  return traces;
}

/** The index of each span's parent. The value is -1 if the parent is not in the file. */
function parentsOf(trace: readonly Span[]): number[] {
  const index = new Map(trace.map(({ spanId }, i) => [spanId, i]));
  return trace.map(({ parentSpanId }) => (parentSpanId ? (index.get(parentSpanId) ?? -1) : -1));
}

function timed(trace: readonly Span[], parents: readonly number[]) {
  // nanoseconds since 1970 do not fit in a JavaScript number, but their differences do
  const first = trace.reduce((a, b) => (b.startTimeUnixNano < a.startTimeUnixNano ? b : a)).startTimeUnixNano;
  const ms = (at: bigint) => Number(at - first) / 1e6;
  return trace.map((s, i) => ({ parent: parents[i]!, start: ms(s.startTimeUnixNano), end: ms(s.endTimeUnixNano) }));
}

/** Orders indexes so that each comes after its parent. @throws profile_unreadable: a span is its own ancestor */
function callersFirst(parents: readonly number[], file: string): number[] {
  const inside = new Map<number, number[]>();
  parents.forEach((parent, at) => {
    if (!inside.has(parent)) inside.set(parent, []);
    inside.get(parent)!.push(at);
  });
  const order = [...(inside.get(-1) ?? [])];
  for (const at of order) for (const child of inside.get(at) ?? []) order.push(child);
  if (order.length === parents.length) return order;
  throw unreadable(file, 'nested spans', 'a span inside itself');
}

function json(document: string, file: string, number: number): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw unreadable(file, expected, `document ${number}, which is not JSON`);
  }
}

export const looksLikeOtlp = (start: string) => /"resourceSpans"\s*:/.test(start);
