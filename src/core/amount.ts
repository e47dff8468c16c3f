import { failure } from './errors.ts';

/** A percentage, or an amount in a unit; the unit `''` means the unit of the samples. */
export type Amount = { kind: 'pct'; value: number } | { kind: 'absolute'; value: number; unit: string };

/**
 * Reads `5%`, `10ms`, `1.5 MB`, `3`. Zero with any unit becomes the absolute amount 0 without a unit. As a threshold, 0 means that any
 * improvement is enough.
 * @throws usage
 */
export function parseAmount(text: string): Amount {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%|[a-zA-Zµμ/]+)?\s*$/.exec(text) ?? [];
  if (number === '')
    throw failure('usage', {
      problem: `The threshold “${text}” is not an amount.`,
      hint: 'Give a percentage of the base, or an amount with a unit: --threshold 5%, --threshold 10ms.',
    });
  const value = Number(number);
  if (value === 0) return { kind: 'absolute', value, unit: '' };
  return unit === '%' ? { kind: 'pct', value } : { kind: 'absolute', value, unit };
}

/** The amount as a person types an amount: `5%`, `10ms`. */
export const amountText = (amount: Amount) => `${amount.value}${amount.kind === 'pct' ? '%' : amount.unit}`;
