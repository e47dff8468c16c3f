import { timesIn } from '../../rows.ts';
import { columnsIn, figuresOfColumn } from '../../store/columns.ts';
import { newestIn, type Stored } from '../../store/newest.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

/** Runs of tests that are looked at, the newest. */
const MOST = 20_000;

/** What tests took, which fail now and then, and how many of them were chosen, where a report says so. */
export function tests(seen: Seen) {
  const span = spanOf(seen);
  const step = stepOf(span);
  const events = newestIn(seen.db, span, 'test', MOST);
  const { rows } = timesIn(seen.db, span, ['test']);
  return {
    rows,
    columns: columnsIn(seen.db, span, { kinds: ['test'], metric: 'duration_ms', step }).map(figuresOfColumn),
    flaky: flakyIn(events),
    selected: selectionIn(events),
  };
}

/** Tests that passed and failed in turn: `turns` counts the changes from one to the other. One that broke once and stayed so has one. */
function flakyIn(events: readonly Stored[]) {
  const byName = new Map<string, { name: string; n: number; failed: number; turns: number; last: boolean }>();
  for (const { name, ok } of events) {
    if (ok === null) continue;
    const before = byName.get(name) ?? { name, n: 0, failed: 0, turns: 0, last: ok };
    const turns = before.turns + Number(before.last !== ok);
    byName.set(name, { name, n: before.n + 1, failed: before.failed + Number(!ok), turns, last: ok });
  }
  return [...byName.values()].filter(({ turns }) => turns >= 2).sort((a, b) => b.turns - a.turns);
}

/** Of runs that tell how many tests there were and how many of them ran. */
function selectionIn(events: readonly Stored[]) {
  return events.flatMap(({ t, name, attributes }) => {
    const { selection_ratio } = attributes;
    return typeof selection_ratio === 'number' ? [{ t, name, ratio: selection_ratio }] : [];
  });
}
