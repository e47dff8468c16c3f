import { baseMoved } from '../src/stats/base-moved.ts';
import { seededRandom } from '../src/stats/rng.ts';
import type { Machine, MachineKind } from './gate/noise.ts';
import { traces } from './gate/traces.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// How often `base_moved` is reported for an honest attempt, on recorded CPU times. Exit code 1: more than one in a thousand. See docs/benchmarks.md.

const ATTEMPTS = 20_000;
const thresholds = [2, 5, 10, 20];
const pairs = [5, 8, 13, 22, 60];

/** Values of one arm of a session in turn; the other arm takes every second value. */
const arm = (machine: Machine, n: number) =>
  Array.from({ length: n }, () => {
    const value = Math.exp(machine.next());
    machine.next();
    return value;
  });

/**
 * Attempts per thousand whose base moved in the only comparable session (the base of the other session, or the baseline, is in a closed room).
 * The session is taken at another time than the baseline of five pairs.
 */
function moved(kind: MachineKind, pct: number, n: number): number {
  const random = seededRandom(`${kind.name} ${pct} ${n}`);
  const threshold = { type: 'pct', pct_min: pct, absolute_min: 0, significance_required: true } as const;
  let hit = 0;
  for (let i = 0; i < ATTEMPTS; i++) {
    const machine = kind.make(random);
    const before = [...arm(machine, 5), ...arm(machine, 5)];
    machine.rest();
    if (baseMoved({ before, exact: false }, arm(machine, n), { lower_is_better: true, threshold })) hit += 1;
  }
  return (hit / ATTEMPTS) * 1000;
}

const kinds = traces().filter(({ name }) => name.endsWith('cpu'));
const rows = kinds.flatMap((kind) =>
  thresholds.map((pct) => ({ kind, pct, rates: pairs.map((n) => moved(kind, pct, n)) })),
);
const worst = Math.max(...rows.flatMap(({ rates }) => rates));
print(
  [
    machineLine(),
    `base_moved in one session of an unchanged base, per 1,000 attempts (${ATTEMPTS.toLocaleString('en')} each):`,
    table(
      ['recording', 'threshold', ...pairs.map((n) => `${n} pairs`)],
      rows.map(({ kind, pct, rates }) => [kind.name, `${pct} %`, ...rates.map((rate) => rate.toFixed(2))]),
    ),
    `worst: ${worst.toFixed(2)} per 1,000; goal: at most 1`,
  ].join('\n\n'),
);
process.exitCode = worst <= 1 ? 0 : 1;
