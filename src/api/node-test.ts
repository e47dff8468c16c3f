import { AssertionError } from 'node:assert';
import type { Subject } from './asked.ts';
import type { How } from './compare.ts';
import { type Asserted, isFaster, isNoSlower, notRefused } from './faster.ts';
import { programFolder } from './world.ts';

/**
 * Assertions on the speed of a command or an exported function. The promise of each function rejects with an AssertionError if the
 * assertion does not hold.
 */
export type SpeedAssertions = {
  /** Asserts that `subject` is faster than `other` by at least `amount`: `'10%'`, `'10ms'`. */
  toBeFasterThan(other: Subject, amount: string | number, how?: How): Promise<void>;
  /** Asserts that `subject` is faster than `other`, or slower by less than `margin`, in per cent: `'3%'`. */
  toBeNoSlowerThan(other: Subject, margin: string | number, how?: How): Promise<void>;
  /** Always throws, because `.not` would also pass after an inconclusive measurement. */
  readonly not: never;
};

/** Assertions for node:test. A relative module path starts from the folder of the file that Node runs. */
export const expect = (subject: Subject): SpeedAssertions => ({
  toBeFasterThan: async (other, amount, how = {}) =>
    mustHold(await isFaster(subject, other, { moduleFolder: programFolder(), amount, how })),
  toBeNoSlowerThan: async (other, amount, how = {}) =>
    mustHold(await isNoSlower(subject, other, { moduleFolder: programFolder(), amount, how })),
  get not(): never {
    throw notRefused();
  },
});

function mustHold({ pass, message }: Asserted): void {
  if (!pass) throw new AssertionError({ message });
}
