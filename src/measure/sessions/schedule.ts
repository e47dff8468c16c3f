import { seededRandom } from '../../stats/rng.ts';

export type ArmName = 'base' | 'candidate';

/**
 * The order within each pair, in ABBA blocks of two pairs: drift that is linear over a block cancels. Which arm a block
 * starts with is random (from the seed), so that no rhythm of the machine falls together with the order. A longer
 * schedule begins with the shorter one of the same seed: sampling can go on, and an interrupted session be continued.
 */
export function schedule(seed: string, pairs: number): [ArmName, ArmName][] {
  const random = seededRandom(seed);
  const order: [ArmName, ArmName][] = [];
  while (order.length < pairs) {
    const [a, b]: [ArmName, ArmName] = random() < 0.5 ? ['base', 'candidate'] : ['candidate', 'base'];
    order.push([a, b], [b, a]);
  }
  return order.slice(0, pairs);
}
