import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../../src/monitor/store/ids.ts';
import { daysIn, type Figures, figuresIn, holdingsOf, sessionsIn } from '../../../src/monitor/store/read.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { seededRandom } from '../../../src/stats/rng.ts';
import { DAY, event, HOUR, noon } from '../events.ts';
import { drivers, store } from './drivers.ts';

const whole = { since: noon - DAY, until: noon + 2 * DAY };
const brief = ({ name, metric, n, failed, sum }: Figures) => [name, metric, n, failed, sum];

describe.each(drivers)('with %s,', (driver) => {
  it('events become figures by series and metric, and repeated events change nothing', async () => {
    const db = await store(driver);
    const writer = writerOf(db, { compress: true });
    const events = [
      event('1'),
      event('2', { t: noon + HOUR, duration_ms: 300, ok: false }),
      event('3', { kind: 'model', name: 'm', attributes: { input_tokens: 7, cost_usd: 0.5, effort: 'high' } }),
      event('4', { kind: 'turn', name: 'prompt', duration_ms: null, ok: null }),
    ];
    expect(writer.add(events, 0)).toEqual({ added: 4, improved: 0, known: 0, too_old: 0 });
    expect(writer.add(events, 0)).toEqual({ added: 0, improved: 0, known: 4, too_old: 0 });
    expect(figuresIn(db, whole).map(brief).sort()).toEqual([
      ['Stop notify.sh', 'duration_ms', 2, 1, 400],
      ['m', 'cost_usd', 1, 0, 0.5],
      ['m', 'duration_ms', 1, 0, 100],
      ['m', 'input_tokens', 1, 0, 7],
      ['prompt', 'events', 1, 0, 1],
    ]);
    expect(holdingsOf(db)).toEqual({ events: 4, series: 3, sessions: 1, first: noon, last: noon + HOUR });
    expect(sessionsIn(db, { since: noon + 2 * HOUR, until: noon + DAY })).toBe(0);
  });

  it('a better source replaces a worse one, in the figures too; a worse source does not replace a better one', async () => {
    const db = await store(driver);
    const { add } = writerOf(db, { compress: false });
    add([event('1', { duration_ms: 900 }), event('2')], 0);
    const better = event('1', { t: noon + 1, duration_ms: 50, source: 'debug_log', handler_hash: 'b2' });
    expect(add([better], 0)).toMatchObject({ added: 0, improved: 1 });
    expect(add([event('1', { duration_ms: 700, source: 'otlp' })], 0)).toMatchObject({ improved: 0, known: 1 });
    for (const figures of [figuresIn(db, whole), daysIn(db, whole)])
      expect(figures.map(({ handler_hash, n, sum }) => [handler_hash, n, sum]).sort()).toEqual([
        ['a1', 1, 100],
        ['b2', 1, 50],
      ]);
  });
});

it('the figures are those of the events, in one batch, in another order, or through several writers', async () => {
  const random = seededRandom('batches');
  const events = Array.from({ length: 300 }, (_, i) =>
    event(String(Math.floor(i / 1.5)), {
      name: `hook ${i % 3}`,
      t: noon + Math.floor(random() * 30) * HOUR,
      duration_ms: Math.round(random() * 1000),
      source: i % 7 === 0 ? 'debug_log' : 'transcript',
    }),
  );
  const db = await store();
  const writers = [writerOf(db, { compress: true }), writerOf(db, { compress: false })];
  for (let at = 0; at < events.length; at += 17) writers[at % 2]!.add(events.slice(at, at + 17), 0);
  const counted = db.all(
    'SELECT name, count(*) AS n, sum(duration_ms) AS sum FROM event JOIN series ON series.id = series GROUP BY name ORDER BY name',
  );
  const told = (figures: Figures[]) => {
    const names = [...new Set(figures.map(({ name }) => name))].sort();
    const of = (name: string) => figures.filter((one) => one.name === name);
    const sum = (name: string, what: 'n' | 'sum') => of(name).reduce((all, one) => all + one[what], 0);
    return names.map((name) => ({ name, n: sum(name, 'n'), sum: sum(name, 'sum') }));
  };
  expect(told(figuresIn(db, whole))).toEqual(counted.map((row) => ({ ...row })));
  expect(told(daysIn(db, whole))).toEqual(counted.map((row) => ({ ...row })));
});

it('events before the oldest day are not stored, and a failed batch stores nothing', async () => {
  const db = await store();
  const { add } = writerOf(db, { compress: true });
  expect(add([event('1', { t: noon - DAY })], noon)).toEqual({ added: 0, improved: 0, known: 0, too_old: 1 });
  expect(() => add([event('2'), event('3', { session: Symbol('none') as never })], 0)).toThrow();
  expect(holdingsOf(db)).toMatchObject({ events: 0, series: 0, sessions: 0 });
  expect(add([event('2')], 0).added).toBe(1);
  expect(figuresIn(db, whole)).toHaveLength(1);
});

it('beyond the limit of series, new names share one series and are not cached', async () => {
  const db = await store();
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    INSERT INTO series (kind, name, plugin, handler_hash) SELECT 'hook', 'h' || i, '', '' FROM n`);
  const fresh = new Map<string, number>();
  const ids = ['a', 'b', 'h7'].map((name) =>
    seriesOf(db, event(name, { name, plugin: '', handler_hash: '' }), [new Map(), fresh]),
  );
  expect(ids[0]).toBe(ids[1]);
  expect([...fresh.keys()].map((key) => key.split('\0')[1])).toEqual(['h7']);
});
