import { seededRandom } from '../../src/stats/rng.ts';

/** Something to measure: each call is one measurement. */
export type Subject<T> = { name: string; take(): Promise<T> };

/**
 * Measures the subjects in turn, in a new random order each round, so that drift of the machine affects all alike. The first round is
 * discarded. Returns values by subject in the order of the rounds: index i of all subjects is round i.
 */
export async function inTurn<T>(subjects: readonly Subject<T>[], rounds: number): Promise<Map<string, T[]>> {
  const random = seededRandom('in turn');
  const taken = new Map(subjects.map((s) => [s.name, [] as T[]]));
  for (let round = 0; round <= rounds; round++) {
    const order = subjects.map((subject) => ({ subject, at: random() })).sort((a, b) => a.at - b.at);
    for (const { subject } of order) {
      const value = await subject.take();
      if (round > 0) taken.get(subject.name)!.push(value);
    }
  }
  return taken;
}
