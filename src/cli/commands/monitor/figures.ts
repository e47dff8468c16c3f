import { exit, failure } from '../../../core/errors.ts';
import { DAY, HOUR, WEEK } from '../../../core/time.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Span } from '../../../monitor/store/read.ts';
import { number, type Option } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';
import { readStored } from './stored.ts';

const units: Readonly<Record<string, number>> = { h: HOUR, d: DAY, w: WEEK };

/**
 * An option with a length of time such as `7d`, which is read as milliseconds. `about`: the description; the default describes how far a
 * command looks back.
 */
export const backTo = (
  otherwise: string,
  about = 'how far back: hours, days or weeks, such as 12h, 7d, 4w',
): Option<number> => ({
  description: `${about} (default ${otherwise})`,
  read(raw, name) {
    const written = typeof raw === 'string' ? raw : otherwise;
    const [, digits, unit = ''] = /^(\d{1,5})([hdw])$/.exec(written.trim()) ?? [];
    if (digits !== undefined && Number(digits) > 0) return Number(digits) * units[unit]!;
    throw failure('usage', {
      problem: `${name} is “${written}”.`,
      hint: `Give hours, days or weeks: ${name} ${otherwise}.`,
    });
  },
});

/** The option `--since` of commands that show figures of a span of time. */
export const ofSpan = { '--since <time>': backTo('7d') };
export const ofRows = {
  '--limit <n>': number('how many rows of each kind to print at most', {
    least: 1,
    most: 10_000,
    whole: true,
    otherwise: 20,
  }),
};

/** Shows the findings of the last `since` ms, as text or as JSON. */
export function showSince<Found>(
  since: number,
  tools: Tools,
  { find, text }: { find: (db: Database, span: Span) => Found; text: (found: Found) => string },
): Promise<number> {
  return readStored(tools, (db) => {
    const until = Date.parse(tools.clock.now()) + 1;
    const found = find(db, { since: until - since, until });
    tools.out(tools.json ? JSON.stringify(found) : text(found));
    return exit.done;
  });
}
