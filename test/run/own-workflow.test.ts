import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { builtInWorkflow } from '../../src/record/workflow.ts';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** A team whose people confirm every accepted change before it is committed. */
function projectWithReview(): TestRepository {
  const workflow = parse(readFileSync(builtInWorkflow(), 'utf8'));
  workflow.stages.verdict.results.accepted = 'review';
  workflow.stages.review = {
    by: 'actor',
    interruptible: true,
    instructions: 'stages/review.md',
    template: 'templates/review.md',
    results: {
      confirmed: [
        { when: 'at_limit', do: 'commit', to: 'report' },
        { do: 'commit', to: 'profile' },
      ],
      refused: [
        { when: 'at_limit', do: 'revert', to: 'report' },
        { do: 'revert', to: 'hotspots' },
      ],
    },
  };
  return countingProject(
    {},
    {
      '.perf-gate/workflow.yaml': stringify(workflow, { aliasDuplicateObjects: false }),
      '.perf-gate/stages/review.md':
        '# Review of attempt {{attempt}}\n\n`result: confirmed` or `result: refused`, in {{draft}}\n',
      '.perf-gate/templates/review.md': '# Review: {{result}}\n\n{{note}}\n',
    },
  );
}

async function toReview(): Promise<{ repo: TestRepository; draft: string }> {
  const repo = projectWithReview();
  const start = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', halve];
  const { waiting, ...at } = await perfgate.json(repo.root, ...start);
  expect(at).toMatchObject({
    code: 0,
    stage: 'review',
    outcome: null,
    attempts: [{ verdict: 'accepted', commit: null }],
  });
  expect(waiting!.brief).toMatch(/^# Review of attempt 1\n/);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.git('rev-parse', 'main'));
  return { repo, draft: waiting!.draft.slice(repo.root.length + 1) };
}

const answer = (repo: TestRepository, draft: string, result: string) =>
  repo.write(
    draft,
    repo
      .read(draft)
      .replace(/^---\n/, `---\nresult: ${result}\n`)
      .concat('By the team.\n'),
  );

it('commits a change that a person confirmed in a team’s own stage', async () => {
  const { repo, draft } = await toReview();
  answer(repo, draft, 'confirmed');
  await must(perfgate, repo, 'submit');
  const ended = await perfgate.json(repo.root, 'next');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted', attempts: [{ commit: repo.git('rev-parse', 'HEAD') }] });
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('work.sh');
  expect(repo.read(`.perf-gate/runs/${ended.run}/08-review.md`)).toMatch(
    /^result: confirmed$[\s\S]*# Review: confirmed\n\nBy the team\./m,
  );
});

it('reverts a change that a person refused', async () => {
  const { repo, draft } = await toReview();
  answer(repo, draft, 'refused');
  await must(perfgate, repo, 'submit');
  const ended = await perfgate.json(repo.root, 'next');
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', total: null, attempts: [{ commit: null }] });
  expect(repo.read('work.sh')).toContain('STEPS=100');
  expect(repo.git('status', '--porcelain')).toBe('');
});

it('reverts a change without a review when the run is aborted', async () => {
  const { repo } = await toReview();
  expect(await perfgate.json(repo.root, 'abort')).toMatchObject({ code: 0, outcome: 'aborted' });
  expect(repo.read('work.sh')).toContain('STEPS=100');
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
});

it('refuses an answer that the stage does not have, and a workflow that is not valid', async () => {
  const { repo, draft } = await toReview();
  answer(repo, draft, 'maybe');
  const refused = await perfgate.run(repo.root, 'submit');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('one of confirmed, refused') });
  const broken = projectWithReview();
  broken.write('.perf-gate/stages/review.md', 'result: perhaps\n');
  const started = await perfgate.run(broken.root, 'start', 'x', '--contract', 'c.yaml', '--yes');
  expect(started).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/stage review: the instructions mention the result “perhaps”/),
  });
});
