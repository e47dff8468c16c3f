import type { Options } from '../../command.ts';
import { numberOf, textOf } from '../../options.ts';

/** How much a hotspot must be able to give, in per cent of the whole: `20%`, or `20`. Throws `usage`. */
export function thresholdOf(options: Options): number {
  const threshold = textOf(options, 'threshold')?.replace(/\s*%\s*$/, '');
  return numberOf({ threshold }, 'threshold', { least: 0, most: 100, otherwise: 20 });
}
