import { expect, it } from 'vitest';
import { listener } from '../../src/cli/terminal/listener.ts';

/** A listener with a clock that the test moves, and its output. */
function listening(live: boolean) {
  const written: string[] = [];
  let ms = 0;
  const { notify, clear } = listener({
    look: { width: 100, colour: false, unicode: true },
    live,
    clock: { ms: () => ms, now: () => '2026-01-01T00:00:00.000Z' },
    write: (text) => void written.push(text),
  });
  const progress = (done: number, at: number) => {
    ms = at;
    const values = { base: [100, 102, 104], candidate: [50, 52, 54] };
    notify({ kind: 'progress', label: 'screen', done, next: 12, total: 46, values, unit: 'ms', started_ms: 0 });
  };
  return { notify, clear, progress, written };
}

it('draws nothing in the first second, and then once a second', () => {
  const { progress, written } = listening(true);
  for (let done = 1; done <= 9; done++) progress(done, done * 100);
  expect(written).toEqual([]);
  progress(10, 1000);
  progress(11, 1900);
  progress(12, 2000);
  expect(written).toHaveLength(2);
  expect(written[0]).toMatch(/10\/12 {2}up to 46 {2}base 102 ms, candidate 52\.0 ms/);
});

it('removes the status line of a session that ended early before other text is printed', () => {
  const { clear, progress, written } = listening(true);
  progress(12, 2000);
  clear();
  clear();
  expect(written.slice(1)).toEqual(['\r\x1b[2K']);
});

it('writes a line at each quarter without a terminal', () => {
  const { progress, written } = listening(false);
  for (let done = 1; done <= 46; done++) progress(done, done * 100);
  expect(written).toHaveLength(5);
});

it('counts copied files on the status line; without a terminal, prints their number once', () => {
  const counts = [1, 12_000, 34_473];
  const shown = (live: boolean) => {
    const { notify, written } = listening(live);
    for (const done of counts) notify({ kind: 'copying', done, total: 34_473 });
    notify({ kind: 'note', text: 'done' });
    return written.join('');
  };
  expect(shown(true)).toBe(
    '\r\x1b[2K  copying 34,473 files… 1\r\x1b[2K  copying 34,473 files… 12,000\r\x1b[2K  done\n',
  );
  expect(shown(false)).toBe('  copying 34,473 files…\n  done\n');
});
