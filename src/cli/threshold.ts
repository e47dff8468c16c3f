import { failure } from '../core/errors.ts';

/** How much better is asked for: in per cent of the base, or in a unit ('' is that of the samples). */
export type Threshold = { kind: 'pct'; value: number } | { kind: 'absolute'; value: number; unit: string };

/** Reads `5%`, `10ms`, `1.5 MB`, `3`. A threshold of 0, in whatever, asks for any improvement. Throws `usage`. */
export function parseThreshold(text: string): Threshold {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%|[a-zA-Zµμ/]+)?\s*$/.exec(text) ?? [];
  if (number === '')
    throw failure('usage', {
      problem: `The threshold “${text}” is not an amount.`,
      hint: 'Give per cent of the base, or an amount in a unit: --threshold 5%, --threshold 10ms.',
    });
  const value = Number(number);
  if (value === 0) return { kind: 'absolute', value, unit: '' };
  return unit === '%' ? { kind: 'pct', value } : { kind: 'absolute', value, unit };
}
