import { rule } from './rule.ts';

/** The largest slope at which the hook's time still counts as proportional to the input. The number contains a margin for noise. */
const STEEP = 1.2;

export const superlinearInPayload = rule<{ slope: number }>({
  id: 'superlinear-in-payload',
  severity: 'high',
  title: 'The hook’s time grows faster than its input',
  remedy: { act: 'read the input once', lines: 15, saves: true },
  advice: ({ slope }) =>
    `The hook’s time grows with the input to the power of ${slope}: an edit of a long file may take minutes. ` +
    'Shorten the input, or pipe it to a program that reads it once. In bash, pattern matching on a long variable is slow.',
  detect({ measured, script }) {
    const slope = measured?.slope ?? null;
    if (slope === null || slope <= STEEP) return [];
    return [{ lines: [script.declared], facts: { slope: Math.round(slope * 100) / 100 } }];
  },
});
