import { resolve } from 'node:path';
import { exit, failure } from '../../core/errors.ts';
import { define } from '../command.ts';
import { flag, text } from '../options.ts';

export const command = define({
  name: 'pr-comment',
  group: 'hooks',
  summary: 'write the comment and the check of a pull request on GitHub',
  detail:
    'Reads GitHub’s event and the folder that the measuring job left (result.json, pull-request.json). A fork may have written that folder, so perf-gate compares its content with the event and shows its texts as code. Needs GITHUB_TOKEN, except with --dry-run.',
  example: 'perf-gate pr-comment --event "$GITHUB_EVENT_PATH" --artifact result --dry-run',
  options: {
    '--event <file>': text('the file with GitHub’s event (default: GITHUB_EVENT_PATH)'),
    '--artifact <dir>': text('the folder that the measuring job left'),
    '--dry-run': flag('print the comment, and do not contact GitHub'),
  },
  parse({ event, artifact, dryRun }) {
    if (artifact !== undefined) return { event, artifact, dryRun };
    throw failure('usage', {
      problem: 'There is no result to write.',
      hint: 'Name the folder that the measuring job left: --artifact DIR.',
    });
  },
  async run({ event, artifact, dryRun }, tools) {
    const { cwd, env } = tools;
    const { readResult } = await import('../../compare/pull-request/result.ts');
    const { pull, result } = readResult(resolve(cwd, artifact));
    const { conclusionOf, writeCheck, writeComment } = await import('../../compare/pull-request/publish.ts');
    const { readEvent } = await import('../../compare/pull-request/event.ts');
    const origin = readEvent(resolve(cwd, eventFile(event, env)));
    const told = { pull_request: pull.number, head: origin.headSha, conclusion: conclusionOf(result, origin) };
    if (dryRun) {
      const { pullComment } = await import('../../report/pull-request.ts');
      tools.out(
        tools.json ? JSON.stringify({ ...told, written: false, comment: pullComment(result) }) : pullComment(result),
      );
      return exit.done;
    }
    const { github } = await import('../../compare/pull-request/github.ts');
    const { targetOf } = await import('../../compare/pull-request/target.ts');
    const ask = github(env);
    const { number, outdated } = await targetOf(origin, pull, ask);
    if (!outdated) {
      // The check is written before the comment, because a merge waits for the check.
      await writeCheck(origin, result, ask);
      await writeComment(origin.repository, number, result, ask);
    }
    if (tools.json) tools.out(JSON.stringify({ ...told, written: !outdated, comment: null }));
    else if (outdated) tools.out(`Pull request ${number} has newer commits or is closed, so nothing was written.`);
    else tools.out(`Pull request ${number}: the check says ${told.conclusion}, and the comment is written.`);
    return exit.done;
  },
});

function eventFile(given: string | undefined, { GITHUB_EVENT_PATH }: NodeJS.ProcessEnv): string {
  const file = given ?? GITHUB_EVENT_PATH;
  if (file !== undefined) return file;
  throw failure('usage', {
    problem: 'No event was given: GITHUB_EVENT_PATH is not set.',
    hint: 'GitHub sets GITHUB_EVENT_PATH in a workflow. Elsewhere, name the file: --event FILE.',
  });
}
