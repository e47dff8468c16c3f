import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ordinaryPoints } from '../../src/stats/design.ts';
import { looks } from '../../src/stats/looks.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Test } from '../../src/stats/rule.ts';
import { atLeastPct } from './rules.ts';
import { runs, session } from './sessions.ts';

/** Attempts at "5 % faster, proven" with the default runs, by how much faster the candidate truly is. */
const threshold = 5;
const attempts = 2000;
const truths = [0, 4.5, 5, 7.5, 10, 15];

/** Shares of attempts, and the mean number of pairs that the screen took. */
type Row = { truth: number; screened: number; accepted: number; pairs: number };

function simulate(name: Test, truth: number): Row {
  const random = seededRandom(`calibration ${name} ${truth}`);
  const plan = looks(ordinaryPoints, 0.05, name, 2);
  const measure = () =>
    session(runs(random, 100, 22), runs(random, 100 - truth, 22), atLeastPct(threshold, name), plan);
  let [screened, accepted, pairs] = [0, 0, 0];
  for (let i = 0; i < attempts; i++) {
    const screen = measure();
    pairs += screen.pairs;
    if (screen.state !== 'passed') continue;
    screened++;
    if (measure().state === 'passed') accepted++;
  }
  return { truth, screened: screened / attempts, accepted: accepted / attempts, pairs: pairs / attempts };
}

describe.each(['mann_whitney', 'wilcoxon_signed_rank'] as const)('screen and confirmation by %s', (name) => {
  let rows: Row[];
  const at = (truth: number) => rows.find((r) => r.truth === truth)!;
  beforeAll(() => {
    rows = truths.map((truth) => simulate(name, truth));
  });

  test('one session that truly is at the threshold passes with at most alpha', () => {
    expect(at(5).screened).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / attempts));
  });

  test('an attempt that does not reach the threshold is accepted with at most alpha squared', () => {
    for (const truth of [0, 4.5, 5])
      expect(at(truth).accepted * attempts).toBeLessThan(0.0025 * attempts + 3 * Math.sqrt(5));
    expect(at(0).screened).toBe(0);
  });

  test('a real improvement of three times the threshold is accepted, and early', () => {
    expect(at(15).accepted).toBeGreaterThan(0.95);
    expect(at(15).pairs).toBeLessThan(10);
    expect(at(0).pairs).toBeLessThan(10);
  });

  test('the table in docs/statistics.md is this one', () => {
    const docs = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');
    const lines = rows.map((r) =>
      [name, `${r.truth} %`, r.screened.toFixed(4), r.accepted.toFixed(4), r.pairs.toFixed(1)].join(' | '),
    );
    expect(docs).toContain(lines.map((line) => `| ${line} |`).join('\n'));
  });
});
