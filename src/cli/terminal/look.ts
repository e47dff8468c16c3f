import type { Look } from '../../report/terminal/look.ts';
import type { Tools } from '../command.ts';

/** Box drawing needs UTF-8; the locale tells. */
export function lookOf({ width, colour, env }: Pick<Tools, 'width' | 'colour' | 'env'>): Look {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const unicode = /utf-?8/i.test(locale) || locale === '';
  return { width: Math.min(width, 100), colour, unicode };
}
