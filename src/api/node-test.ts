import { AssertionError } from 'node:assert';
import type { Subject } from './asked.ts';
import type { How } from './compare.ts';
import { type Asserted, isFaster, isNoSlower, notRefused } from './faster.ts';
import { programFolder } from './world.ts';

/** Assertions on the speed of a command or an exported function. Each rejects with an AssertionError where it does not hold. */
export type SpeedAssertions = {
  /** It is faster than the other by at least this: `'10%'`, `'10ms'`. */
  toBeFasterThan(other: Subject, amount: string | number, how?: How): Promise<void>;
  /** It is slower than the other by less than this many per cent: `'3%'`. */
  toBeNoSlowerThan(other: Subject, margin: string | number, how?: How): Promise<void>;
  /** Throws: it would also pass where nothing is decided. */
  readonly not: never;
};

/** For node:test. Relative paths of modules begin at the file that Node runs. */
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
