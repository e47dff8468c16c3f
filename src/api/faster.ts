import { failure } from '../core/errors.ts';
import type { Subject } from './asked.ts';
import { type CompareResult, compare, type How } from './compare.ts';

/** Whether an assertion holds, and the words for it. */
export type Asserted = { pass: boolean; message: string };

type Ask = { moduleFolder: string; amount: string | number; how: How };

/** Whether the subject is faster than the other by at least the amount. */
export async function isFaster(subject: unknown, other: Subject, { amount, ...ask }: Ask): Promise<Asserted> {
  const asked = { threshold: amount, moduleFolder: ask.moduleFolder, ...ask.how };
  return asserted(await compare(other, subject as Subject, asked), `faster by at least ${amount}`);
}

/** Whether the subject is slower than the other by less than the margin, in per cent. */
export async function isNoSlower(subject: unknown, other: Subject, { amount, ...ask }: Ask): Promise<Asserted> {
  const asked = { noWorseThan: amount, moduleFolder: ask.moduleFolder, ...ask.how };
  return asserted(await compare(other, subject as Subject, asked), `slower by less than ${amount}`);
}

/** Why there is no `.not`. */
export const notRefused = () =>
  failure('usage', {
    problem: '`.not` would also pass where nothing is decided.',
    hint: 'Exchange the two: what must not be faster is asked by toBeNoSlowerThan of the other.',
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
          `What would decide it: more executions (they were ${samples?.candidate.length ?? 0} of each; maxRuns allows more), more work in each, or a quieter machine.`,
        ]
      : []),
  ];
  return { pass, message: lines.join('\n') };
}
