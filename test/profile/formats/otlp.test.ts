import { expect, it } from 'vitest';
import { ranked } from './ranked.ts';

/** A span as the file exporter of the collector writes it; times in milliseconds since some moment. */
const span = (spanId: string, parentSpanId: string, name: string, from: number, to: number, traceId = 't1') => ({
  traceId,
  spanId,
  parentSpanId,
  name,
  kind: 1,
  startTimeUnixNano: String(1_763_740_000_000_000_000n + BigInt(from * 1000) * 1000n),
  endTimeUnixNano: String(1_763_740_000_000_000_000n + BigInt(to * 1000) * 1000n),
});
type Span = ReturnType<typeof span>;

const document = (spans: Span[], service = 'shop') => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ scope: { name: 'test' }, spans }],
    },
  ],
});
const traces = (...documents: object[]) =>
  ranked('trace.json', documents.map((each) => JSON.stringify(each)).join('\n'));

it('reads traces of OpenTelemetry, where spans know their parents by id', async () => {
  const spans = [span('1', '', 'GET /', 10, 90), span('2', '1', 'query', 20, 50), span('3', '1', 'query', 50, 80)];
  const { shares, format, total } = await traces(document(spans));
  expect(format).toBe('otlp');
  expect(total).toBeCloseTo(80);
  expect(shares).toEqual([
    ['query', 75, 75],
    ['GET /', 25, 100],
  ]);
});

it('divides time among parallel spans, and leaves the rest to the parent', async () => {
  const spans = [span('1', '', 'all', 0, 100), span('2', '1', 'a', 10, 50), span('3', '1', 'b', 30, 70)];
  const { shares, total } = await traces(document(spans));
  expect(total).toBeCloseTo(100);
  // alone: a 20, b 20; together 20, which they share; nothing for 40
  expect(shares).toEqual([
    ['all', 40, 100],
    ['a', 30, 30],
    ['b', 30, 30],
  ]);
});

it('counts a span that outlives its parent once', async () => {
  const { shares, total } = await traces(
    document([span('1', '', 'publish', 0, 20), span('2', '1', 'consume', 10, 100)]),
  );
  expect(total).toBeCloseTo(100);
  expect(shares[0]).toEqual(['consume', 90, 90]);
});

it('reads one document per line, adds up parallel traces, and names the service of a span', async () => {
  const { shares, total } = await traces(
    document([span('1', '', 'GET /', 0, 100), span('1', '', 'GET /', 0, 100, 't2')], 'web'),
    document([span('2', '1', 'SELECT', 20, 80), span('2', '1', 'SELECT', 20, 80, 't2')], 'users'),
  );
  expect(total).toBeCloseTo(200);
  expect(shares).toEqual([
    ['users: SELECT', 60, 60],
    ['web: GET /', 40, 100],
  ]);
});

it('refuses a span inside itself, and files that are no traces', async () => {
  const circle = document([span('1', '2', 'a', 0, 1), span('2', '1', 'b', 0, 1)]);
  await expect(traces(circle)).rejects.toMatchObject({ code: 'profile_unreadable' });
  const broken = { resourceSpans: [{ scopeSpans: [{ spans: [{ spanId: '1', name: 'a' }] }] }] };
  await expect(traces(broken)).rejects.toThrow(/startTimeUnixNano/);
});
