import { failure } from '../core/errors.ts';
import type { Subject } from './asked.ts';
import { type CompareResult, compare, type How } from './compare.ts';

/** The result of an assertion. `pass`: whether the assertion holds. `message`: the text for a failed assertion. */
export type Asserted = { pass: boolean; message: string };

type Ask = { moduleFolder: string; amount: string | number; how: How };

/** Whether a subject is faster than another by at least the amount. */
export async function isFaster(subject: unknown, other: Subject, { amount, ...ask }: Ask): Promise<Asserted> {
  const asked = { threshold: amount, moduleFolder: ask.moduleFolder, ...ask.how };
  return asserted(await compare(other, subject as Subject, asked), `faster by at least ${amount}`);
}

/** Whether a subject is faster than another, or slower by less than the margin, in per cent. */
export async function isNoSlower(subject: unknown, other: Subject, { amount, ...ask }: Ask): Promise<Asserted> {
  const asked = { noWorseThan: amount, moduleFolder: ask.moduleFolder, ...ask.how };
  return asserted(await compare(other, subject as Subject, asked), `slower by less than ${amount}`);
}

/** The error for `.not`. */
export const notRefused = () =>
  failure('usage', {
    problem: '`.not` would also pass if the measurement is inconclusive.',
    hint: 'Swap the two subjects: instead of “a is not faster than b”, assert expect(b).toBeNoSlowerThan(a, …).',
  });

function asserted({ verdict, reasons, base, candidate, samples, warnings }: CompareResult, words: string): Asserted {
  const pass = verdict === 'accepted' || verdict === 'held';
  const open = verdict === 'inconclusive' || verdict === 'undecided';
  const lines = [
    `${candidate} is ${pass ? '' : open ? 'not shown to be ' : 'not '}${words} than ${base}: ${verdict}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...warnings.map((warning) => `  ! ${warning}`),
    ...(open
      ? [
          `Each subject ran ${samples?.candidate.length ?? 0} times. For a clear verdict, raise maxRuns, do more work in each execution, or use a quieter machine.`,
        ]
      : []),
  ];
  return { pass, message: lines.join('\n') };
}
