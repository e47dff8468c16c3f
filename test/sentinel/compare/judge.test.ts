import { describe, expect, it } from 'vitest';
import { type Contest, isSettled, judgeFamily, metricsOf, verdictOf } from '../../../src/sentinel/compare/judge.ts';

/**
 * Pairs whose base scatters around 100 ms by `scatter` per cent, and whose current is slower by `slower` per cent (a number, or a
 * function of the index).
 */
function contest(
  slower: number | ((i: number) => number),
  { key = 'hook', n = 20, scatter = 1, cpu = slower, share = 0.9, in_turn = true } = {},
): Contest {
  const noise = (i: number, by: number) => 1 + (scatter / 100) * Math.sin(7 * i + by);
  const pair = (change: number | ((i: number) => number), whole: number, by: number) => ({
    base: Array.from({ length: n }, (_, i) => whole * noise(i, by)),
    current: Array.from(
      { length: n },
      (_, i) => whole * noise(i, by + 2) * (1 + (typeof change === 'number' ? change : change(i)) / 100),
    ),
  });
  return { key, in_turn, wall: pair(slower, 100, 0), cpu: pair(cpu, 100 * share, 1) };
}

const statusOf = (one: Contest, others: Contest[] = []) => judgeFamily([one, ...others], 10)[0]!.status;

describe('a threshold of 10 %', () => {
  it.each([
    [0, 'held'],
    [3, 'held'],
    [7, 'flagged'],
    [14, 'regressed'],
    [-20, 'held'],
  ])('%d % slower is %s', (slower, status) => {
    expect(statusOf(contest(slower))).toBe(status);
  });

  it('is undecided if noise hides the change', () => {
    expect(statusOf(contest((i) => [150, -40, 20][i % 3]!, { share: 0.1 }))).toBe('undecided');
  });

  it('needs five samples of each arm if the arms did not take turns', () => {
    expect(statusOf(contest(40, { in_turn: false }))).toBe('regressed');
  });
});

describe('several contests at once', () => {
  /** Slower in all of 8 pairs: p is 1/256, which is below 5 %, but above the share of each contest in a family of sixteen. */
  const perhaps = contest(8, { n: 8, scatter: 0, share: 0 });

  it('evidence that is enough for one contest is not enough for one of sixteen (Holm)', () => {
    const others = Array.from({ length: 15 }, (_, i) => contest(0, { key: `other ${i}`, share: 0 }));
    expect(statusOf(perhaps)).toBe('flagged');
    expect(statusOf(perhaps, others)).not.toBe('flagged');
  });

  it('each proven contest leaves the others a larger share of the error', () => {
    const shown = Array.from({ length: 15 }, (_, i) => contest(30, { key: `slower ${i}`, share: 0 }));
    expect(statusOf(perhaps, shown)).toBe('flagged');
    expect(
      judgeFamily([perhaps, ...shown], 10)
        .slice(1)
        .every(({ status }) => status === 'regressed'),
    ).toBe(true);
  });
});

describe('the metric that decides', () => {
  it('is wall time if it is quiet', () => {
    expect(metricsOf(contest(0, { scatter: 1 }), 10)).toEqual(['wall']);
  });

  it('is CPU time, with wall time judged too, if wall time scatters and the hook computes', () => {
    expect(metricsOf(contest(0, { scatter: 30 }), 10)).toEqual(['cpu', 'wall']);
  });

  it('is wall time if the hook mostly waits, or CPU time is missing', () => {
    expect(metricsOf(contest(0, { scatter: 30, share: 0.2 }), 10)).toEqual(['wall']);
    expect(metricsOf(contest(0, { scatter: 30, share: 0 }), 10)).toEqual(['wall']);
  });

  it('is chosen from the baseline alone', () => {
    const quiet = contest(0, { scatter: 1 });
    const wild = { ...quiet, wall: { ...quiet.wall, current: quiet.wall.current.map((ms, i) => ms * (1 + (i % 3))) } };
    expect(metricsOf(wild, 10)).toEqual(metricsOf(quiet, 10));
  });

  it('does not hide a longer wait, which wall time shows while CPU time holds', () => {
    const [judged] = judgeFamily([contest(300, { scatter: 30, cpu: 0 })], 10);
    expect(judged).toMatchObject({ status: 'regressed', changes: [{ metric: 'cpu' }, { metric: 'wall' }] });
  });
});

describe('the first session', () => {
  it('decides only contests that are held without a hint of a regression', () => {
    expect(isSettled(contest(0), 10)).toBe(true);
    expect(isSettled(contest(-20), 10)).toBe(true);
    expect(isSettled(contest(7), 10)).toBe(false); // held, but it would be flagged
    expect(isSettled(contest(20), 10)).toBe(false);
    expect(
      isSettled(
        contest((i) => [150, -40, 20][i % 3]!, { share: 0 }),
        10,
      ),
    ).toBe(false);
  });
});

it('the most severe status is the verdict, and undecided is more severe than flagged', () => {
  expect(verdictOf([])).toBe('held');
  expect(verdictOf(['held', 'flagged'])).toBe('flagged');
  expect(verdictOf(['flagged', 'undecided'])).toBe('undecided');
  expect(verdictOf(['undecided', 'regressed', 'held'])).toBe('regressed');
});
