import type { Prepared } from '../prepared.ts';
import type { Told } from './told.ts';

/** From this multiple of the base on, and from this much more on, it is told: builds vary by what the machine does besides. */
const TIMES = 2;
const floors = { seconds: 1, bytes: 1024 ** 2 } as const;

/** The preparations of both arms for one session. */
export type PreparedArms = { base: Prepared; candidate: Prepared };

/** Whether setup and build of the candidate take longer, or write more, than those of the base: in every session, so that no chance is told. */
export function buildGrew(sessions: readonly PreparedArms[]): Told[] {
  if (sessions.length === 0) return [];
  return (['seconds', 'bytes'] as const).flatMap((what): Told[] => {
    const base = Math.max(...sessions.map((one) => one.base[what]));
    const candidate = Math.min(...sessions.map((one) => one.candidate[what]));
    const grew = candidate > TIMES * base && candidate - base > floors[what];
    return grew ? [{ code: 'build_grew', what, base, candidate }] : [];
  });
}
