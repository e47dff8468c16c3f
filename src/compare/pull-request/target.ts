import * as z from 'zod/mini';
import type { ClaimedPull } from '../../record/pull-request.ts';
import type { Origin } from './event.ts';
import type { Ask } from './github.ts';
import { refused } from './result.ts';

const pullSchema = z.object({
  state: z.string(),
  head: z.object({
    sha: z.string(),
    ref: z.string(),
    repo: z.nullable(z.object({ full_name: z.string() })),
  }),
});

/** The pull request to comment on. `outdated`: its branch has moved on, or it is closed. */
export type Target = { number: number; outdated: boolean };

/**
 * The pull request that the result belongs to. The result can claim any pull request as its own. perf-gate accepts this claim only if
 * GitHub confirms that the pull request comes from the job's repository and branch.
 * @throws result_refused: the result names another commit, or a pull request from another branch; github_refused
 */
export async function targetOf(origin: Origin, claimed: ClaimedPull, ask: Ask): Promise<Target> {
  const { repository, headSha, number, from } = origin;
  if (claimed.head_sha !== headSha) throw refused('the result names another commit than the job’s commit');
  if (number !== null && number !== claimed.number)
    throw refused(`the result names the pull request ${claimed.number}, but the job belongs to ${number}`);
  if (from === null) return { number: claimed.number, outdated: false };
  const answer = pullSchema.safeParse(await ask('GET', `/repos/${repository}/pulls/${claimed.number}`));
  if (!answer.success)
    throw refused(`the answer of GitHub about the pull request ${claimed.number} has an unknown form`);
  const { state, head } = answer.data;
  if (head.repo?.full_name !== from.repository || head.ref !== from.branch)
    throw refused(`the result names the pull request ${claimed.number}, which does not come from the job’s branch`);
  return { number: claimed.number, outdated: state !== 'open' || head.sha !== headSha };
}
