import { inventedMonth } from '../../../src/monitor/demo/month.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { summary } from '../../../src/monitor/resources/figures.ts';
import { eventsOfRun } from '../../../src/monitor/sources/runs.ts';
import { eventsOfRun as eventsOfTests } from '../../../src/monitor/sources/tests/events.ts';
import { addBench, type BenchPoint } from '../../../src/monitor/store/bench.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { event } from '../events.ts';

const MINUTE = 60_000;

/** A name that becomes markup in a page that does not escape it. */
export const HOSTILE = '<img src=x onerror="document.title=1">';

/** Minutes of a client and of the machine on three days, with a slow wave in them. */
function minutes(until: number): MonitorEvent[] {
  return Array.from({ length: 3 * 200 }, (_, nth) => {
    const t = until - (nth % 200) * MINUTE - Math.floor(nth / 200) * 1440 * MINUTE;
    const wave = 1 + Math.sin(nth / 14);
    const client = { cpu_pct: 30 + 60 * wave, rss_mb: 400 + 90 * wave, read_mb_s: wave / 2, write_mb_s: wave * 2 };
    const of = {
      t,
      kind: 'resource',
      duration_ms: null,
      ok: null,
      session: null,
      plugin: '',
      handler_hash: '',
    } as const;
    return [
      event(`c ${t}`, {
        ...{ ...of, name: 'client', source: 'proc' },
        attributes: { ...summary([client, { ...client, cpu_pct: 190, rss_mb: 640 }]), client: '4711' },
      }),
      event(`m ${t}`, { ...{ ...of, name: 'machine', source: 'proc' }, attributes: summary([{ load: 0.3 + wave }]) }),
    ];
  }).flat();
}

/** A benchmark over 20 commits; the last eight are slower. */
const commits = (until: number): BenchPoint[] =>
  Array.from({ length: 20 }, (_, nth) => {
    const value = (nth < 12 ? 100 : 130) + (nth % 4);
    const t = until - (20 - nth) * 90 * MINUTE;
    return {
      ...{ name: 'parse', metric: 'wall_ms', unit: 'ms', lower_is_better: true, project: 'p ', contract: 'c' },
      ...{ machine: HOSTILE, instrument: 'i', t, arm: 'head', dirty: false, file: null },
      commit: { id: `c0ffee${String(nth).padStart(2, '0')}`.padEnd(40, '0'), time: t, parent: null },
      ...{ values: [value], median: value, ci95: [value - 2, value + 2] },
    };
  });

/** Fills a store with an invented month, resources, an ended run, and a session in the project of an active run. */
export async function fill(
  file: string,
  now: number,
  { ended, goesOn }: { ended: { project: string; run: string }; goesOn: string },
): Promise<void> {
  const db = await openStore(file);
  addBench(db, commits(now));
  const flaky = [true, false].flatMap((ok, nth) =>
    eventsOfTests(
      {
        ...{ framework: 'vitest', began: null, wall_ms: 100, time: 'wall' },
        cases: [{ suite: 'a', name: HOSTILE, ms: 50, outcome: ok ? 'ok' : 'failed', retried: false }],
      },
      { project: 'p', commit: 'c0ffee', t: now - nth * MINUTE, identity: `tests ${nth}`, isOwn: () => true },
    ),
  );
  const all = [
    ...inventedMonth('1', now),
    ...minutes(now),
    ...flaky,
    ...eventsOfRun(ended.project, ended.run),
    event('here', { t: now, project: goesOn, session: 'beef' }),
  ];
  for (let at = 0; at < all.length; at += 2000) writerOf(db, { compress: true }).add(all.slice(at, at + 2000), 0);
  db.close();
}
