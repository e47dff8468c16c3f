import type { SuitePart } from '../../../contract/suite-part.ts';
import { failure } from '../../../core/errors.ts';

/** Parses a part of a suite: `2/3` is the second of three parts. @throws usage */
export function partOf(text: string | undefined): SuitePart | undefined {
  if (text === undefined) return undefined;
  const [, nth, of] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  if (nth !== undefined && of !== undefined && nth <= of) return { index: nth - 1, of };
  throw failure('usage', {
    problem: `--part ${text} is not a part of a suite.`,
    hint: 'Give the number of this part and the number of all parts: --part 1/3.',
  });
}
