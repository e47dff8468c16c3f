import { type Amount, parseAmount } from '../core/amount.ts';
import { failure } from '../core/errors.ts';
import type { AmountGiven } from './asked.ts';

/** Parses an amount: `'5%'`, `'10ms'`, a number. @throws usage */
export const amountOf = (given: AmountGiven | undefined): Amount | undefined =>
  given === undefined ? undefined : parseAmount(String(given));

/** A margin in per cent: `'3%'` or `3`. @throws usage */
export function marginOf(given: AmountGiven | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(String(given)) ?? [];
  const margin = Number(number);
  if (margin > 0 && margin <= 100) return margin;
  throw failure('usage', {
    problem: `The margin “${given}” is not a share between 0 and 100 %.`,
    hint: "Give per cent of the base: noWorseThan: '3%'.",
  });
}

/** Refuses a call that gives both `threshold` and `noWorseThan`. @throws usage */
export function mustBeOneQuestion(threshold: unknown, noWorseThan: unknown): void {
  if (threshold === undefined || noWorseThan === undefined) return;
  throw failure('usage', {
    problem:
      '`threshold` (“is it better?”) and `noWorseThan` (“is it no worse?”) are both given, but only one question is possible.',
    hint: 'Give either `threshold` or `noWorseThan`.',
  });
}
