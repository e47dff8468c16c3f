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

/** The pull request that may be written to; `outdated`: its branch has moved on, or it is closed. */
export type Target = { number: number; outdated: boolean };

/**
 * Which pull request the result belongs to. A result names one, and could name any: it counts only if GitHub says that this pull request
 * comes from the repository and branch whose job was run.
 * @throws result_refused: it names another commit, or a pull request that comes from elsewhere; github_refused
 */
export async function targetOf(origin: Origin, claimed: ClaimedPull, ask: Ask): Promise<Target> {
  const { repository, headSha, number, from } = origin;
  if (claimed.head_sha !== headSha) throw refused('it names another commit than the one whose job was run');
  if (number !== null && number !== claimed.number)
    throw refused(`it names the pull request ${claimed.number}, and the job is of ${number}`);
  if (from === null) return { number: claimed.number, outdated: false };
  const answer = pullSchema.safeParse(await ask('GET', `/repos/${repository}/pulls/${claimed.number}`));
  if (!answer.success) throw refused(`GitHub does not describe the pull request ${claimed.number}`);
  const { state, head } = answer.data;
  if (head.repo?.full_name !== from.repository || head.ref !== from.branch)
    throw refused(`it names the pull request ${claimed.number}, which does not come from the branch whose job was run`);
  return { number: claimed.number, outdated: state !== 'open' || head.sha !== headSha };
}
