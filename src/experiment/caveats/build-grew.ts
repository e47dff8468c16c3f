import type { Prepared } from '../prepared.ts';
import type { Caveat } from './caveat.ts';

/**
 * The candidate's preparation is a caveat only if its seconds, or its bytes, exceed both of two limits. The first limit is the base's value
 * multiplied by `times`, and the second is the base's value plus `more`. Smaller differences come from other load of the machine.
 */
const limits = { seconds: { times: 1.25, more: 0.1 }, bytes: { times: 2, more: 16 * 1024 } } as const;

/** The preparations of both arms for one session. */
export type PreparedArms = { base: Prepared; candidate: Prepared };

/**
 * Whether setup and build of the candidate take longer, or write more, than setup and build of the base. The preparations of every
 * session must show this difference, because one session can differ by chance. `saved_s`: the seconds that one execution of the
 * candidate saves. If the build grew by less than half of that time, the build cannot have computed the result in advance.
 */
export function buildGrew(sessions: readonly PreparedArms[], saved_s = 0): Caveat[] {
  if (sessions.length === 0) return [];
  return (['seconds', 'bytes'] as const).flatMap((what): Caveat[] => {
    const base = Math.max(...sessions.map((one) => one.base[what]));
    const candidate = Math.min(...sessions.map((one) => one.candidate[what]));
    const more = Math.max(limits[what].more, what === 'seconds' ? saved_s / 2 : 0);
    const grew = candidate > limits[what].times * base && candidate - base > more;
    return grew ? [{ code: 'build_grew', what, base, candidate }] : [];
  });
}
