import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { readLogs } from '../../../src/monitor/otlp/logs.ts';
import { readMetrics } from '../../../src/monitor/otlp/metrics.ts';
import { totalsOf } from '../../../src/monitor/otlp/totals.ts';
import { readTraces } from '../../../src/monitor/otlp/traces.ts';
import { noon } from '../events.ts';
import { logs, metric, record, session, spans } from './bodies.ts';

const now = noon + 5000;
const reading = { now, level: 'standard', totals: totalsOf().begin() } as const;
const brief = ({ kind, name, duration_ms, ok }: MonitorEvent) => [kind, name, duration_ms, ok];

describe('logs', () => {
  it('become events, with numbers sent as numbers or as texts', () => {
    const { events, rejected, ignored } = readLogs(session(), reading);
    expect(events.map(brief)).toEqual([
      ['turn', 'prompt', null, null],
      ['hook_event', 'PreToolUse:Bash', 1014, false],
      ['tool', 'Bash', 233, true],
      ['model', 'claude-x', 737, true],
      ['model', 'claude-x', 90, false],
      ['agent', 'Explore', 24_000, null],
    ]);
    expect([rejected, ignored]).toEqual([0, 2]);
    expect(new Set(events.map(({ t, session: of, prompt }) => `${t} ${of} ${prompt}`))).toEqual(
      new Set([`${noon} f00d p1`]),
    );
    expect(events[1]!.attributes).toEqual({ num_hooks: 4, num_failed: 1, num_cancelled: 0 });
    expect(events[3]!.attributes).toMatchObject({ cache_read_tokens: 900, cost_usd: 0.0123 });
    expect(new Set(events.map(({ kind, identity }) => `${kind} ${identity}`)).size).toBe(events.length);
  });

  it('leave no prompt, command, answer or personal name in events, at any level', () => {
    for (const level of ['minimal', 'standard', 'detailed'] as const)
      expect(JSON.stringify(readLogs(session(), { ...reading, level }))).not.toContain('SECRET');
  });

  it('never set a project, even if the sender names one, because the service reads files of known projects', () => {
    const body = session();
    const named = { attributes: [{ key: 'perf_gate.project', value: { stringValue: '/somebody/else' } }] };
    body.resourceLogs[0]!.resource = named;
    expect(new Set(readLogs(body, reading).events.map(({ project }) => project))).toEqual(new Set([null]));
  });

  it('are kept according to the collection level', () => {
    const kept = (level: 'minimal' | 'detailed') =>
      readLogs(session(), { ...reading, level }).events.map(({ kind }) => kind);
    expect(kept('minimal')).toEqual(['hook_event']);
    expect(kept('detailed')).toContain('permission');
  });

  it('get the time of arrival if their own time is impossible, and names are cut to one line', () => {
    const odd = { ...record('tool_result', { tool_name: `a\n\u001b[31mb${'c'.repeat(500)}` }), timeUnixNano: '12' };
    const [event] = readLogs(logs(odd), reading).events;
    expect(event).toMatchObject({ t: now, name: expect.stringMatching(/^a bc+…$/) });
    expect(event!.name.length).toBeLessThanOrEqual(120);
  });
});

describe('metrics', () => {
  it('become events with differences; metrics that are also in the logs are ignored', () => {
    const { events } = readMetrics(metric('active_time.total', 1, 12.5, { type: 'user' }), reading);
    expect(events).toMatchObject([
      { kind: 'session', name: 'active_time.total', attributes: { type: 'user', value: 12.5 } },
    ]);
    expect(readMetrics(metric('active_time.total', 'AGGREGATION_TEMPORALITY_DELTA', 1), reading).events).toHaveLength(
      1,
    );
    expect(readMetrics(metric('active_time.total', 3, 12.5), reading)).toMatchObject({ events: [], rejected: 1 });
    expect(readMetrics(metric('token.usage', 1, 900), reading)).toMatchObject({ events: [], ignored: 1 });
  });
});

describe('cumulative metrics', () => {
  it('count their growth from the second point on, and restart when they fall', () => {
    const of = { ...reading, totals: totalsOf().begin() };
    const told = (value: number, user = 'user') =>
      readMetrics(metric('active_time.total', 2, value, { type: user }), of).events.map(
        ({ attributes }) => attributes.value,
      );
    expect(told(10)).toEqual([]);
    expect(told(12.5)).toEqual([2.5]);
    expect(told(100, 'cli')).toEqual([]);
    expect(told(12.5)).toEqual([0]);
    expect(told(4)).toEqual([4]);
  });

  it('drop the least recently updated streams beyond the limit', () => {
    const { grown } = totalsOf().begin();
    for (let i = 0; i <= 2000; i++) expect(grown(`stream ${i}`, '', 1)).toBeNull();
    expect(grown('stream 2000', '', 3)).toBe(2);
    expect(grown('stream 0', '', 3)).toBeNull();
  });
});

describe('traces', () => {
  it('give turns and waits for the user', () => {
    const waited = { name: 'tool.blocked_on_user', of: { tool_name: 'Bash', duration_ms: '800', decision: 'reject' } };
    const { events, ignored } = readTraces(spans({ name: 'interaction' }, waited, { name: 'llm_request' }), reading);
    expect(events.map(brief)).toEqual([
      ['turn', 'turn', 1500, null],
      ['permission', 'Bash', 800, false],
    ]);
    expect(ignored).toBe(1);
  });
});

const readers = [readLogs, readMetrics, readTraces];

it('an object instead of a time or an id only rejects its record', () => {
  const odd = ['timeUnixNano', 'startTimeUnixNano', 'traceId', 'spanId'];
  const bodies = [session(), metric('x', 1, 1), spans({ name: 'interaction' })];
  readers.forEach((read, i) => {
    const twisted = JSON.parse(JSON.stringify(bodies[i]), (key, old) => (odd.includes(key) ? { toString: 1 } : old));
    const { events, rejected } = read(twisted, { ...reading, level: 'detailed' });
    expect([events, rejected > 0]).toEqual([[], true]);
  });
});

it('any body is read without an exception, and gives only events that can be stored', () => {
  const piece = fc.constantFrom(session(), metric('x', 1, 1), spans({ name: 'interaction' }));
  const twisted = fc.tuple(piece, fc.jsonValue(), fc.nat()).map(([body, value, at]) => {
    let left = at % 400;
    return JSON.parse(JSON.stringify(body), (_, old) => (left-- === 0 ? value : old)) as unknown;
  });
  fc.assert(
    fc.property(fc.oneof(twisted, fc.jsonValue()), (body) => {
      for (const read of readers)
        for (const { t, duration_ms, name, identity, attributes } of read(body, { ...reading, level: 'detailed' })
          .events) {
          expect(Number.isSafeInteger(t)).toBe(true);
          expect(duration_ms === null || (Number.isFinite(duration_ms) && duration_ms >= 0)).toBe(true);
          expect(typeof name === 'string' && name !== '' && typeof identity === 'string').toBe(true);
          expect(Object.values(attributes).every((value) => typeof value !== 'object')).toBe(true);
        }
    }),
    { seed: 4, numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
  );
});
