import type { SuitePart } from '../../../contract/suite-part.ts';
import { failure } from '../../../core/errors.ts';

/** `2/3`: the second of three parts of a suite. @throws usage */
export function partOf(text: string | undefined): SuitePart | undefined {
  if (text === undefined) return undefined;
  const [, nth, of] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  if (nth !== undefined && of !== undefined && nth <= of) return { index: nth - 1, of };
  throw failure('usage', {
    problem: `--part ${text} is no part of a suite.`,
    hint: 'Give its number and how many parts there are: --part 1/3.',
  });
}
