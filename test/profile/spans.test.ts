import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProfile } from '../../src/profile/formats.ts';
import { hotspots } from '../../src/profile/hotspots.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'perf-gate-spans-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes a file and ranks what is in it: name, own share, share with what is inside of it. */
async function ranked(name: string, text: string) {
  writeFileSync(join(dir, name), text);
  const found = hotspots(await readProfile(join(dir, name)), dir);
  return { ...found, shares: found.hotspots.map((h) => [h.id, Math.round(h.self_pct), Math.round(h.total_pct)]) };
}

it('gives each span the time that none of the spans inside of it took', async () => {
  const { shares, total } = await ranked(
    'a.jsonl',
    '{"span": "request", "ms": 100}\n{"span": "db", "ms": 30, "parent": "request"}\n{"span": "db", "ms": 30, "parent": "request"}\n',
  );
  expect(total).toBe(100);
  expect(shares).toEqual([
    ['db', 60, 60],
    ['request', 40, 100],
  ]);
});

it('keeps nothing for a parent whose children ran side by side, and puts spans of an unknown parent at the top', async () => {
  const { shares } = await ranked(
    'a.jsonl',
    '{"span": "all", "ms": 50}\n{"span": "a", "ms": 40, "parent": "all"}\n{"span": "b", "ms": 40, "parent": "all"}\n{"span": "c", "ms": 20, "parent": "nobody"}',
  );
  expect(shares.map(([id, self]) => [id, self])).toEqual([
    ['a', 40],
    ['b', 40],
    ['c', 20],
  ]);
});

it('refuses a span that is inside of itself', async () => {
  const circle = '{"span": "a", "ms": 1, "parent": "b"}\n{"span": "b", "ms": 1, "parent": "a"}';
  await expect(ranked('a.jsonl', circle)).rejects.toMatchObject({ code: 'profile_unreadable' });
});

it('reads Server-Timing headers out of what curl prints, quotes and all', async () => {
  const { shares, format } = await ranked(
    'headers.txt',
    'HTTP/1.1 200 OK\r\nServer-Timing: db;dur=53.5;desc="a, b; dur=9", app;dur=46.5, cache\r\n\r\n<p>body</p>\n',
  );
  expect(format).toBe('server-timing');
  expect(shares).toEqual([
    ['db', 54, 54],
    ['app', 47, 47],
  ]);
});

it('reads traces of OpenTelemetry, where spans know their parents by id', async () => {
  const span = (spanId: string, parentSpanId: string, name: string, from: number, to: number) => ({
    spanId,
    parentSpanId,
    name,
    startTimeUnixNano: `17000000000${from}000000`,
    endTimeUnixNano: `17000000000${to}000000`,
  });
  const spans = [span('1', '', 'GET /', 10, 90), span('2', '1', 'query', 20, 50), span('3', '1', 'query', 50, 80)];
  const { shares, format, total } = await ranked(
    'trace.json',
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  );
  expect({ format, total }).toEqual({ format: 'otlp', total: 80 });
  expect(shares).toEqual([
    ['query', 75, 75],
    ['GET /', 25, 100],
  ]);
});
