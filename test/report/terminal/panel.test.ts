import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { columns, wrap } from '../../../src/report/terminal/look.ts';
import { progressLine } from '../../../src/report/terminal/progress.ts';
import { summaryPanel } from '../../../src/report/terminal/summary-panel.ts';
import { attemptPanel } from '../../../src/report/terminal/verdict-panel.ts';
import { attempt, contract, effect, story } from '../story.ts';

const long = attempt({
  hotspot: `render${'VeryLongName'.repeat(12)} src/日本語/表.ts:7`,
  reasons: ['a reason '.repeat(30)],
});
const run = story({ attempts: [...story().attempts, long], task: '日本語のレポートを速くする '.repeat(5) });

it.each([40, 57, 76, 120])('draws every line of a panel %d columns wide equally wide', (width) => {
  for (const unicode of [true, false]) {
    const look = { width, colour: true, unicode };
    const panels = [summaryPanel(run, look), ...run.attempts.map((a) => attemptPanel(a, contract, look))];
    for (const panel of panels) {
      const widths = new Set(panel.split('\n').map((l) => columns(stripVTControlCharacters(l))));
      expect([...widths]).toEqual([Math.min(96, width)]);
    }
  }
});

it('uses only ASCII if the terminal supports no more', () => {
  const look = { width: 60, colour: false, unicode: false };
  const all = [summaryPanel(run, look), ...run.attempts.map((a) => attemptPanel(a, contract, look))].join('\n');
  expect(all).toMatch(/^[\x20-\x7e\n]+$/);
});

it('uses colours only if they are wanted', () => {
  expect(attemptPanel(long, contract, { width: 60, colour: false, unicode: true })).not.toContain('\u001b');
  expect(attemptPanel(long, contract, { width: 60, colour: true, unicode: true })).toContain('\u001b[32m');
});

it('draws the certain and the uncertain part of the improvement, and the threshold below', () => {
  const barOf = (interval: [number, number], estimate: number) => {
    const panel = attemptPanel(
      attempt({ primary: effect({ improvement_pct: estimate, ci95_pct: interval }) }),
      { ...contract, threshold_pct: 20 },
      { width: 60, colour: false, unicode: false },
    ).split('\n');
    const mark = panel.findIndex((l) => l.includes('^'));
    return { bar: panel[mark - 1]!.slice(2, -2), at: panel[mark]!.indexOf('^') - 2 };
  };
  const passed = barOf([30, 40], 35);
  expect(passed.bar).toMatch(/^#+=+\.+$/);
  expect(passed.bar[passed.at]).toBe('#');
  const short = barOf([2, 15], 9);
  expect(short.bar[short.at]).toBe('.');
  expect(barOf([-12, 8], -2).bar).toMatch(/^=+\|=+\.+$/);
  expect(barOf([-12, -3], -8).bar).toMatch(/^=+#+\|\.+$/);
});

it('never writes a progress line wider than the terminal, and drops the least important parts first', () => {
  const progress = {
    label: 'remeasure',
    done: 9,
    next: 12,
    total: 46,
    medians: { base: 412, candidate: 255.3 },
    ci: null,
    unit: 'ms',
    etaSeconds: 81,
  };
  const at = (width: number) => progressLine(progress, { width, colour: false, unicode: true });
  for (let width = 3; width < 120; width++) expect(columns(at(width))).toBeLessThanOrEqual(width);
  expect(at(120)).toBe(
    'remeasure  ━━━━━━━━━━━━━━━┄┄┄┄┄  9/12  up to 46  base 412 ms, candidate 255 ms  1 min 21 s to the next look',
  );
  expect(at(45)).toBe('remeasure  9/12  1 min 21 s to the next look');
  expect(at(10)).toBe('9/12');
});

it('shows the progress of a single arm with the interval of its median', () => {
  const alone = {
    label: 'node',
    done: 9,
    next: 40,
    total: 40,
    medians: { base: null, candidate: 255.3 },
    ci: [251, 260] as [number, number],
    unit: 'ms',
    etaSeconds: 81,
  };
  expect(progressLine(alone, { width: 120, colour: false, unicode: true })).toBe(
    'node  ━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  9/40  median 255 ms  [251 ms, 260 ms]  1 min 21 s left',
  );
});

it('shows how many benchmarks of a suite are decided', () => {
  const medians = { base: null, candidate: null };
  const suite = { label: 'suite', done: 60, next: 120, total: 120, medians, ci: null, unit: '', etaSeconds: 81 };
  const line = (width: number) =>
    progressLine({ ...suite, decided: { done: 4, of: 10 } }, { width, colour: false, unicode: false });
  expect(line(80)).toBe('suite  ##########----------  60/120  4 of 10 decided  1 min 21 s left');
  expect(line(50)).toBe('suite  60/120  4 of 10 decided  1 min 21 s left');
});

it('shows progress before the first sample', () => {
  const medians = { base: null, candidate: null };
  const first = { label: 'baseline', done: 0, next: 0, total: 0, medians, ci: null, unit: 'ms', etaSeconds: null };
  expect(progressLine(first, { width: 80, colour: false, unicode: false })).toBe('baseline  --------------------  0/0');
});

it('breaks lines at spaces, and words only if they do not fit', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrap('at least 10 %', 11)).toEqual(['at least', '10 %']);
});
