import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/stats/rng.ts';
import { sessionEffect } from '../../src/stats/session-effect.ts';
import { normals } from './sessions.ts';

/** Sessions of the same code whose candidate is off by a normal bias, in per cent. */
function sessions(count: number, { bias, noise }: { bias: number; noise: number }) {
  const random = seededRandom(`session effect ${bias} ${noise}`);
  const arm = (off: number) => normals(random, 8).map((z) => 100 * Math.exp((noise / 100) * z + off));
  return Array.from({ length: count }, () => ({
    base: arm(0),
    candidate: arm((bias / 100) * normals(random, 1)[0]!),
  }));
}

describe('the error of sessions as a whole', () => {
  test('is reported if it is larger than the noise', () => {
    const { sd_pct } = sessionEffect(sessions(200, { bias: 2, noise: 1 }));
    expect(sd_pct).toBeGreaterThan(1.6);
    expect(sd_pct).toBeLessThan(2.4);
  });

  test('is 0 without such an error, in 19 of 20 calibrations', () => {
    const quiet = sessions(1000, { bias: 0, noise: 2 });
    const told = Array.from({ length: 100 }, (_, i) => sessionEffect(quiet.slice(10 * i, 10 * i + 10)));
    expect(told.filter((t) => t.sd_pct > 0).length).toBeLessThanOrEqual(15);
  });

  test('can be hidden by noise, which is reported', () => {
    const loud = sessions(1000, { bias: 0.5, noise: 10 });
    const told = Array.from({ length: 100 }, (_, i) => sessionEffect(loud.slice(10 * i, 10 * i + 10)));
    expect(told.filter((t) => t.sd_pct > 0).length).toBeLessThanOrEqual(15);
    for (const { hidden_pct } of told) expect(hidden_pct).toBeGreaterThan(0.5);
  });
});
