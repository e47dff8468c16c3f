import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRepo } from '../../src/git/repo.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { makeProof } from '../../src/verify/proof/make.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import type { Verification } from '../../src/verify/verify.ts';
import { must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, contractText, countingProject, files, halve, sampled } from '../helpers/project.ts';
import { at, repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

const start = (repo: TestRepository, fix: string, ...more: string[]) =>
  perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', fix, ...more);

/** Neither of the run, nor of its proof. */
async function nothingIsSaid(repo: TestRepository): Promise<Verification> {
  const verified = await perfgate.json<Verification>(repo.root, 'verify');
  expect(verified.findings).toEqual([]);
  expect(verified.code).toBe(0);
  const proof = makeProof(await openRepo(repo.root), { of: 'run', id: verified.run }, { env: {}, version: '0.0.0' });
  expect(judgeProof(Buffer.from(textOf(proof)), 'a').findings).toEqual([]);
  return verified;
}

const commit = "git commit -qam 'by the agent'";
type Honest = [what: string, outcome: string, fix: string, change?: ContractChange, ...more: string[]];

it.each<Honest>([
  ['a metric that is compared exactly', 'accepted', halve],
  [
    'several changes',
    'accepted',
    'n=$(sed -n s/STEPS=//p work.sh); sed -i "s/STEPS=.*/STEPS=$((n * 6 / 10))/" work.sh',
    { limits: { max_attempts: 3 } },
  ],
  ['the base measured before', 'accepted', halve, { order: 'sequential', metrics: { primary: sampled } }],
  [
    'several changes, each base the candidate before',
    'accepted',
    'n=$(sed -n s/STEPS=//p work.sh); sed -i "s/STEPS=.*/STEPS=$((n / 2))/" work.sh',
    { order: 'sequential', metrics: { primary: sampled }, limits: { max_attempts: 2 } },
  ],
  ['the work tree itself measured', 'accepted', halve, { isolation: 'in_place', order: 'sequential' }],
  ['clean trees', 'accepted', halve, { isolation: 'worktree' }],
  ['no confirmation', 'accepted', halve, { confirm: false, metrics: { primary: sampled } }],
  ['a fix that crashes', 'rejected', "echo 'exit 3' >> work.sh"],
  ['a fix with another answer', 'rejected', 'sed -i s/42/41/ work.sh'],
  ['a fix of what is protected', 'rejected', 'echo >> bench.sh'],
  ['a fix that fails the tests', 'rejected', 'touch broken', { guards: { correctness: 'test ! -e broken' } }],
  ['a fix that is skipped', 'rejected', 'exit 10'],
  ['commits of an agent, kept', 'accepted', `${halve}; ${commit}`],
  ['commits of an agent, taken back', 'rejected', `echo '# nothing' >> work.sh; ${commit}`],
  ['no branch of its own', 'accepted', halve, {}, '--no-branch'],
])('passes for %s', async (_, outcome, fix, change = {}, ...more) => {
  const repo = countingProject(change);
  expect((await start(repo, fix, ...more)).outcome).toBe(outcome);
  await nothingIsSaid(repo);
});

it('passes for a run in a folder of a larger repository, for untracked files and for uncommitted changes', async () => {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/app/${path}`, text]));
  const all = repository({ ...inside, 'packages/app/c.yaml': contractText(), 'README.md': 'all\n' });
  const app = at(`${all.root}/packages/app`);
  app.write('notes.txt', 'mine\n');
  app.write('other.txt', 'edited\n');
  expect(await start(app, `${halve}; echo changed > notes.txt`, '--include-dirty')).toMatchObject({
    outcome: 'accepted',
  });
  await nothingIsSaid(app);
});

it('passes for a run at every stage, for every kind of end, and after finish or undo', async () => {
  for (const stage of ['scoping', 'approved', 'fix', 'measured'] as const) {
    const repo = await runByHand(perfgate, stage);
    const { notes } = await nothingIsSaid(repo);
    expect(notes.map((n) => n.code)).toEqual(['not_ended']);
    await must(perfgate, repo, 'pause');
    await nothingIsSaid(repo);
    expect((await perfgate.run(repo.root, 'abort')).stderr).toMatch(/kept|ended|back/i);
    await nothingIsSaid(repo);
  }
  const repo = countingProject();
  await start(repo, halve);
  await must(perfgate, repo, 'finish');
  await nothingIsSaid(repo);
  const other = countingProject();
  await start(other, halve);
  await must(perfgate, other, 'undo', '1');
  await nothingIsSaid(other);
});

it('accepts a file that a crash left before its transition', async () => {
  const repo = await runByHand(perfgate, 'fix');
  const { run } = await perfgate.json(repo.root, 'status');
  writeFileSync(`${repo.root}/.perf-gate/runs/${run}/05-fix.md`, '---\nstage: fix\n---\n');
  expect((await nothingIsSaid(repo)).notes.map((n) => n.code)).toEqual(['not_ended', 'artifact_unfinished']);
});
