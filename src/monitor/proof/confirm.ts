import { failure } from '../../core/errors.ts';
import { dayName } from '../../core/time.ts';
import { type Case, judged } from '../analytics/cases.ts';
import { lookForCases } from '../analytics/known-cases.ts';
import { casesIn, changeCases } from '../store/cases.ts';
import type { Around } from './around.ts';
import { proverOf } from './provers.ts';

/**
 * Tries to prove open cases, one after the other. `asked` selects cases by their id or handler; undefined selects all cases that can be
 * proved. Each result is stored at once. @returns the cases afterwards @throws monitor_no_case, and the errors of the provers
 */
export async function confirmCases(asked: string | undefined, around: Around): Promise<Case[]> {
  const { db, now } = around;
  lookForCases(db, now);
  const open = casesIn(db).filter(({ state }) => state === 'open');
  const chosen = open.filter((one) => (asked === undefined ? proverOf(one) : [one.id, one.handler].includes(asked)));
  if (asked !== undefined && chosen.length === 0)
    throw failure('monitor_no_case', { asked, open: open.map(({ id }) => id) });
  const today = dayName(now);
  for (const one of chosen) {
    const attempt = (await proverOf(one)?.(one, around)) ?? { state: 'left' as const, code: 'no_way' as const };
    // the cases are read again, because the daily search may have closed this case meanwhile
    changeCases(db, (kept) =>
      kept.map((now) => (now.id === one.id && now.state === 'open' ? judged(now, attempt, today) : now)),
    );
  }
  const ids = new Set(chosen.map(({ id }) => id));
  return casesIn(db).filter(({ id }) => ids.has(id));
}
