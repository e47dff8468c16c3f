import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driverFor, openDatabase } from '../../../src/monitor/store/driver.ts';
import { openForReading, openStore } from '../../../src/monitor/store/open.ts';
import { figuresIn, holdingsOf } from '../../../src/monitor/store/read.ts';
import { keepWithin, oldestRaw, sizeOf } from '../../../src/monitor/store/retention.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { folder } from '../../helpers/folder.ts';
import { DAY, event, HOUR, noon } from '../events.ts';
import { drivers, store } from './drivers.ts';

it('Node’s built-in SQLite is used from 22.13 on', () => {
  const versions = ['20.19.0', '22.12.0', '22.13.0', '24.1.0'];
  expect(versions.map(driverFor)).toEqual(['libsql', 'libsql', 'node:sqlite', 'node:sqlite']);
});

describe.each(drivers)('with %s,', (driver) => {
  it('a store is created once, for its owner only, and one process reads what another writes', async () => {
    const file = join(folder(), 'deep/monitor.db');
    const first = await openStore(file, driver);
    writerOf(first, { compress: true }).add([event('1')], 0);
    const second = await openStore(file, driver);
    writerOf(second, { compress: true }).add([event('2')], 0);
    const reader = (await openForReading(file))!;
    expect(holdingsOf(reader).events).toBe(2);
    expect(() => reader.exec('DELETE FROM event')).toThrow();
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    for (const db of [first, second, reader]) db.close();
  });

  it('reading or writing a damaged store gives an error that says so, not an internal error', async () => {
    const file = join(folder(), 'monitor.db');
    const db = await openStore(file, driver);
    writerOf(db, { compress: true }).add(
      Array.from({ length: 500 }, (_, i) => event(String(i), { name: `hook ${i}` })),
      0,
    );
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(file);
    for (let at = 3 * 4096; at < bytes.length; at += 4096) bytes.fill(0xee, at, at + 64);
    writeFileSync(file, bytes);
    const damaged = await openStore(file, driver);
    for (const use of [
      () => figuresIn(damaged, { since: noon - DAY, until: noon + DAY }),
      () => writerOf(damaged, { compress: true }).add([event('new')], 0),
    ])
      expect(use).toThrow(expect.objectContaining({ code: 'monitor_store_unreadable', exitCode: 3 }));
    damaged.close();
  });

  it('another program’s database, a newer database and other files are refused and not modified', async () => {
    const root = folder({
      'text.db': 'no database at all, but long enough to be taken for the head of one'.repeat(20),
    });
    const foreign = await openDatabase(join(root, 'foreign.db'), driver);
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    const newer = await openStore(join(root, 'newer.db'), driver);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(openStore(join(root, 'foreign.db'), driver)).rejects.toMatchObject({
      code: 'monitor_store_unreadable',
      message: expect.stringContaining('another program'),
    });
    for (const opens of [openStore, openForReading])
      await expect(opens(join(root, 'newer.db'), driver)).rejects.toMatchObject({ code: 'monitor_store_newer' });
    await expect(openStore(join(root, 'text.db'), driver)).rejects.toMatchObject({ code: 'monitor_store_unreadable' });
    const again = await openDatabase(join(root, 'foreign.db'), driver);
    expect(again.all('SELECT name FROM sqlite_schema').map(({ name }) => name)).toEqual(['theirs']);
    again.close();
  });
});

it('a folder that other users could read is restricted to its owner', async () => {
  const root = folder();
  chmodSync(root, 0o755);
  (await openStore(join(root, 'monitor.db'))).close();
  expect(statSync(root).mode & 0o777).toBe(0o700);
});

it('reading does not create a store', async () => {
  const file = join(folder(), 'monitor.db');
  expect(await openForReading(file)).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

describe('old data is deleted:', () => {
  const storage = { retention_days: 30, hourly_days: 100, max_storage_mb: 1024 };
  const ages = [0, 29, 40, 150];

  it('events after 30 days, hours after 100, days never', async () => {
    const db = await store();
    const events = ages.map((days) => event(String(days), { t: noon - days * DAY, session: `s${days}` }));
    writerOf(db, { compress: true }).add(events, 0);
    expect(keepWithin(db, storage, noon)).toMatchObject({ events: 2, hours: 1, days: 0, sessions: 2 });
    const count = (table: string) => db.get(`SELECT count(*) AS n FROM ${table}`)!.n;
    expect(['event', 'session', 'rollup_hour', 'rollup_day'].map(count)).toEqual([2, 2, 3, 4]);
    expect(figuresIn(db, { since: 0, until: noon + 1 })[0]).toMatchObject({ n: 4, sum: 400 });
    expect(oldestRaw(noon, storage)).toBe(Date.UTC(2026, 1, 2));
  });

  it('above the largest size, the oldest days are deleted first, and never today', async () => {
    const db = await store();
    const text = 'x'.repeat(50);
    const events = Array.from({ length: 4000 }, (_, i) =>
      event(String(i), { t: noon - (i % 8) * DAY, name: `hook ${i % 50}`, attributes: { text, i } }),
    );
    writerOf(db, { compress: false }).add(events, 0);
    const before = sizeOf(db);
    const most = (before * 0.6) / 1024 ** 2;
    const tidied = keepWithin(db, { ...storage, max_storage_mb: most }, noon);
    expect(tidied.bytes).toBeLessThanOrEqual(before * 0.6);
    expect(tidied.events % 500).toBe(0);
    expect([holdingsOf(db).last, holdingsOf(db).events > 0]).toEqual([noon, true]);
    keepWithin(db, { ...storage, max_storage_mb: 0 }, noon);
    expect(holdingsOf(db).events).toBe(500);
  });

  it('events that were deleted early are not counted again when they are reported again', async () => {
    const db = await store();
    const writer = writerOf(db, { compress: true });
    const events = [0, 1, 2].map((days) => event(String(days), { t: noon - days * DAY }));
    writer.add(events, 0);
    expect(keepWithin(db, { ...storage, retention_days: 1 }, noon)).toMatchObject({ events: 1, hours: 0 });
    expect(writer.add(events, 0)).toMatchObject({ added: 0, known: 2, too_old: 1 });
    expect(figuresIn(db, { since: noon - 3 * DAY, until: noon + 1 })).toMatchObject([{ n: 3 }]);
    // a day without deleted rows still accepts events
    expect(writer.add([event('3', { t: noon - DAY })], 0)).toMatchObject({ added: 1 });
  });

  it('a day whose hours were deleted keeps its figures when a better source reports one of its events', async () => {
    const db = await store();
    const writer = writerOf(db, { compress: true });
    const old = noon - 5 * DAY;
    writer.add([event('1', { t: old }), event('2', { t: old + 2 * HOUR }), event('3')], 0);
    keepWithin(db, { ...storage, hourly_days: 2 }, noon);
    writer.add([event('1', { t: old, source: 'debug_log', duration_ms: 50 }), event('4', { t: old })], 0);
    const day = { since: old - 12 * HOUR, until: old + 12 * HOUR };
    expect(figuresIn(db, day)).toMatchObject([{ n: 3 }]);
  });

  it('a clock that is years ahead once deletes no recent data', async () => {
    const db = await store();
    writerOf(db, { compress: true }).add([event('1'), event('2', { t: noon - 20 * DAY })], 0);
    expect(keepWithin(db, storage, noon + 3000 * DAY)).toMatchObject({ events: 0, hours: 0, days: 0 });
  });

  it('a clock that stays ahead while events arrive deletes no data until three days of events confirm it', async () => {
    const db = await store();
    const { add } = writerOf(db, { compress: true });
    const later = noon + 3000 * DAY;
    add([event('1'), event('2', { t: noon - 20 * DAY }), event('3', { t: later }), event('4', { t: later + DAY })], 0);
    expect(keepWithin(db, storage, later + DAY)).toMatchObject({ events: 0, hours: 0, days: 0 });
    add([event('5', { t: later + 2 * DAY })], 0);
    expect(keepWithin(db, storage, later + 2 * DAY)).toMatchObject({ events: 2, hours: 2, days: 0 });
  });
});
