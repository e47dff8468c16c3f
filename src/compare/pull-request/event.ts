import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { readText } from '../../core/read-text.ts';

const repository = z.object({ full_name: z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/)) });
const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));

const ofPull = z.object({
  repository,
  pull_request: z.object({ number: z.int(), head: z.object({ sha }) }),
});
const ofRun = z.object({
  repository,
  workflow_run: z.object({
    event: z.string(),
    conclusion: z.nullable(z.string()),
    head_sha: sha,
    head_branch: z.string(),
    head_repository: repository,
  }),
});

/** Facts about the measuring job that GitHub itself gives, so that no pull request can forge them. */
export type Origin = {
  /** `owner/name` of the repository that gets the comment and the check. */
  repository: string;
  headSha: string;
  /**
   * The number of the pull request. Null if the event names no pull request. The number is then read from the job's result, and the pull
   * request with this number must match `from`.
   */
  number: number | null;
  /** The repository and the branch of the commit, and whether the job passed. Null for an event `pull_request`. */
  from: { repository: string; branch: string; passed: boolean } | null;
};

/** Reads a file with an event of GitHub. @throws event_unusable */
export function readEvent(file: string): Origin {
  const data = parsed(file);
  const run = ofRun.safeParse(data);
  if (run.success) {
    const { workflow_run: of, repository } = run.data;
    if (of.event !== 'pull_request')
      throw failure('event_unusable', {
        file,
        problem: 'the workflow that triggered this event did not run for a pull request',
      });
    const from = {
      repository: of.head_repository.full_name,
      branch: of.head_branch,
      passed: of.conclusion === 'success',
    };
    return { repository: repository.full_name, headSha: of.head_sha, number: null, from };
  }
  const pull = ofPull.safeParse(data);
  if (!pull.success)
    throw failure('event_unusable', { file, problem: 'the file is neither a pull_request nor a workflow_run event' });
  const { pull_request: of, repository } = pull.data;
  return { repository: repository.full_name, headSha: of.head.sha, number: of.number, from: null };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('event_unusable', { file, problem: 'it is not JSON' });
    throw error;
  }
}
