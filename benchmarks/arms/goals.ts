import type { Row } from './prepare.ts';

export type Goal = { goal: string; ms: number; reached: boolean };

const MOST_MS = 2000;
const quick = ['second arm', 'first arm again', 'second arm again'] as const;

/** Every arm after the first must be ready within two seconds, for every size of the project. */
export function goalsOf(rows: readonly Row[]): Goal[] {
  return rows.flatMap(({ files, ms }) =>
    quick.map((step) => ({ goal: `${files} files, ${step}: within 2 s`, ms: ms[step], reached: ms[step] <= MOST_MS })),
  );
}
