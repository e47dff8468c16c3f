import * as z from 'zod/mini';
import type { PullResult } from '../../record/pull-request.ts';
import { commentMark, pullComment, pullTitle } from '../../report/pull-request.ts';
import type { Origin } from './event.ts';
import type { Ask } from './github.ts';

const PAGE = 100;
const MOST_PAGES = 30;

const comments = z.array(
  z.object({ id: z.int(), body: z.nullish(z.string()), user: z.nullable(z.object({ type: z.string() })) }),
);

type Conclusion = 'success' | 'failure' | 'neutral';

const conclusions: Record<PullResult['verdict'], Conclusion> = {
  accepted: 'success',
  held: 'success',
  rejected: 'failure',
  regressed: 'failure',
  inconclusive: 'neutral',
  undecided: 'neutral',
};

/** The conclusion of the check. After a failed job the check never passes, even if the job's result says that it passes. */
export function conclusionOf({ verdict }: PullResult, { from }: Pick<Origin, 'from'>): Conclusion {
  const conclusion = conclusions[verdict];
  return conclusion === 'success' && from && !from.passed ? 'failure' : conclusion;
}

/** Writes the comment, or replaces the earlier one. */
export async function writeComment(repository: string, number: number, result: PullResult, ask: Ask): Promise<void> {
  const body = pullComment(result);
  const earlier = await earlierComment(repository, number, ask);
  if (earlier === null) await ask('POST', `/repos/${repository}/issues/${number}/comments`, { body });
  else await ask('PATCH', `/repos/${repository}/issues/comments/${earlier}`, { body });
}

/**
 * The id of perf-gate's earlier comment, which is recognised by its first line. A person's comment can begin with the same line, so only a
 * bot's comment counts.
 */
async function earlierComment(repository: string, number: number, ask: Ask): Promise<number | null> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask('GET', `/repos/${repository}/issues/${number}/comments?per_page=${PAGE}&page=${page}`);
    const some = comments.parse(answer);
    const ours = some.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(commentMark));
    if (ours) return ours.id;
    if (some.length < PAGE) return null;
  }
  return null;
}

/** Adds the check to the measured commit. */
export async function writeCheck(origin: Origin, result: PullResult, ask: Ask): Promise<void> {
  await ask('POST', `/repos/${origin.repository}/check-runs`, {
    name: 'perf-gate',
    head_sha: origin.headSha,
    status: 'completed',
    conclusion: conclusionOf(result, origin),
    output: { title: pullTitle(result), summary: pullComment(result) },
  });
}
