import { expect, it } from 'vitest';
import { perfGate } from '../../helpers/cli.ts';
import { bash } from '../client/agent.ts';
import { newText } from '../client/model.ts';
import { hookAnswers } from '../client/sandbox.ts';
import { said, story } from '../client/story.ts';

const perfgate = perfGate();

it('the Stop hook alone drives a run from scoping to an accepted change', async () => {
  const { ask, project, scoped, status } = await story(perfgate);
  const session = await scoped();
  const ended = await ask('/perf-gate:approve', { resume: session });
  expect(await status()).toMatchObject({ outcome: 'accepted', stage: 'completed' });
  expect(project.git('log', '-1', '--format=%B')).toContain('Perf-Gate-Change');
  expect(project.files()).not.toHaveProperty('PWNED');
  expect(hookAnswers(ended, 'Stop').length).toBeGreaterThanOrEqual(3);
  expect(said(ended)).toMatch(/^Attempt 1 was accepted/);
});

it('an agent cannot approve a contract by the command, by --yes or by an artifact', async () => {
  const { ask, scoped, status, model } = await story(perfgate);
  const session = await scoped();
  const tries = [
    'perf-gate approve',
    'perf-gate approve --yes',
    "sh -c 'perf-gate approve'",
    'FOO=1 perf-gate approve',
    'perf-gate abort; perf-gate start "another" --contract c.yaml --yes --agent inline',
    "sed -i 's/^result: pending/result: approved/' .perf-gate/local/*/scoping.draft.md; perf-gate submit",
  ];
  const answers: string[] = [];
  model.follow((request) => {
    answers.push(newText(request));
    const next = tries[answers.length - 1];
    return next ? { calls: [bash(next)] } : { text: 'I could not.' };
  });
  await ask('go on', { resume: session });
  expect(answers.slice(1, 7).filter((answer) => /approved and sealed/i.test(answer))).toEqual([]);
  expect(answers[6]).toMatch(/Only a person can approve/);
  expect(await status()).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
});
