import { expect, it } from 'vitest';
import { draftOf, must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { everything } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Refusal = { code: number; error: { code: string; message: string; hint: string } };

/** Submits a file that must be refused, and sees that nothing changed. */
async function refused(repo: TestRepository, text: string, file = 'answer.md'): Promise<Refusal> {
  repo.write('answer.md', text);
  const before = everything(repo);
  const ended = await perfgate.json<Refusal>(repo.root, 'submit', file);
  expect(everything(repo)).toEqual(before);
  expect(ended.code).toBe(2);
  return ended as Refusal;
}

it('refuses an invalid draft, names the field, and changes nothing', async () => {
  const repo = await runByHand(perfgate, 'fix');
  const { text } = await draftOf(perfgate, repo);
  const cases: [file: string, code: string, says: RegExp][] = [
    [text.replace(/^epoch: \d+$/m, 'epoch: 2'), 'artifact_stale', /`epoch` is 2, but the run is at epoch 6/],
    [text.replace(/^epoch: \d+\n/m, ''), 'artifact_stale', /`epoch` is "?missing"?/],
    [text.replace(/^epoch: (\d+)$/m, 'epoch: "$1"'), 'artifact_stale', /`epoch` is "6"/],
    [text.replace(/^stage: fix$/m, 'stage: hotspots'), 'artifact_invalid', /`stage` should be fix, found "hotspots"/],
    [text.replace(/^run: .*$/m, 'run: another'), 'artifact_invalid', /`run` should be .*, found "another"/],
    [
      text.replace(/^result: done$/m, 'result: accepted'),
      'artifact_invalid',
      /`result` should be one of done, skipped, found "accepted"/,
    ],
    [
      text.replace(/^result: done\n/m, ''),
      'artifact_invalid',
      /`result` should be one of done, skipped, found nothing/,
    ],
    [text.replace(/^result: done$/m, 'result: [done'), 'artifact_unreadable', /cannot be read: .*line/],
    [text.replace(/^result: done$/m, 'result: done\nresult: skipped'), 'artifact_unreadable', /unique/],
    ['no frontmatter at all\n', 'artifact_invalid', /`stage` should be fix, found nothing/],
    ['---js\n{ stage: "fix", epoch: process.exit(0) }\n---\n', 'artifact_unreadable', /“js”, but only YAML is allowed/],
    ['', 'artifact_invalid', /`stage` should be fix/],
  ];
  for (const [file, code, says] of cases) {
    const { error } = await refused(repo, file);
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(error.hint).not.toBe('');
  }
  expect((await refused(repo, '', 'nowhere.md')).error).toMatchObject({ code: 'artifact_missing' });
  expect((await refused(repo, '', '.')).error).toMatchObject({ code: 'artifact_unreadable' });
});

it('refuses hotspots without an id and a contract without a script, with the place', async () => {
  const repo = await runByHand(perfgate, 'hotspots');
  const head = '---\nstage: hotspots\nepoch: 5\nresult: proposed\n';
  const wrong = await refused(repo, `${head}hotspots: [{ file: work.sh }]\n---\n`);
  expect(wrong.error.message).toMatch(/`hotspots\.0\.id`.*found nothing/);
  expect((await refused(repo, `${head}hotspots: []\n---\n`)).error.message).toMatch(/`hotspots`/);
  expect((await refused(repo, `${head}---\n`)).error.message).toMatch(/`hotspots`.*found nothing/);
});

it('refuses an artifact in a stage of the engine', async () => {
  const repo = await runByHand(perfgate, 'measured');
  const { error } = await refused(repo, '---\nstage: remeasure\nepoch: 7\nresult: measured\n---\n');
  expect(error).toMatchObject({ code: 'wrong_stage', message: expect.stringContaining('remeasure') });
});

it('refuses a contract that is not valid, at the line', async () => {
  const repo = await runByHand(perfgate, 'scoping');
  const { text } = await draftOf(perfgate, repo);
  const { error } = await refused(repo, text.replace('max_attempts', 'max_attemps'));
  expect(error).toMatchObject({ code: 'contract_invalid', message: expect.stringContaining('max_attempts') });
});

it('accepts the answers to consecutive stages without a call of `next`', async () => {
  const repo = await runByHand(perfgate, 'hotspots');
  await must(perfgate, repo, 'submit');
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  expect(await perfgate.json(repo.root, 'submit')).toMatchObject({ code: 0, stage: 'remeasure' });
});
