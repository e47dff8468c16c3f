import { rule } from './rule.ts';

/** The slope above which time grows faster than the input, and not only by noise. */
const STEEP = 1.2;

export const superlinearInPayload = rule<{ slope: number }>({
  id: 'superlinear-in-payload',
  severity: 'high',
  title: 'The hook takes more than twice as long for an input twice as long',
  remedy: { act: 'read the input once', lines: 15, saves: true },
  advice: ({ slope }) =>
    `Its time grows with the input to the power of ${slope}: an edit of a long file may take minutes. Cut the input, or hand it to a program ` +
    'that reads it once; in bash, patterns over a long variable are what takes so long.',
  detect({ measured, script }) {
    const slope = measured?.slope ?? null;
    if (slope === null || slope <= STEEP) return [];
    return [{ lines: [script.declared], facts: { slope: Math.round(slope * 100) / 100 } }];
  },
});
