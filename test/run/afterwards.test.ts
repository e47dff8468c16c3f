import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** A run with a rejected attempt and two accepted ones, which touch different files. */
async function finishedRun(): Promise<TestRepository> {
  const repo = countingProject(
    {
      limits: { max_attempts: 3 },
      guards: { unprotected: ['more.sh', 'work.sh'] }, // the command reports its figure, so that what it names is protected
      repro: { script: '. ./more.sh; . ./work.sh; STEPS=$((STEPS + MORE)); echo METRIC steps=$STEPS; echo $ANSWER' },
    },
    { 'more.sh': 'MORE=100\n' },
  );
  const fixes = [`echo '# no' >> work.sh`, 'sed -i s/=100/=40/ work.sh', 'echo MORE=20 > more.sh'];
  const fix = `case $PERF_GATE_ATTEMPT in ${fixes.map((f, i) => `${i + 1}) ${f} ;;`).join(' ')} esac`;
  const ended = await perfgate.json(
    repo.root,
    'start',
    'make it faster',
    '--contract',
    'c.yaml',
    '--yes',
    '--fix-command',
    fix,
  );
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['rejected', 'accepted', 'accepted']);
  return repo;
}

type Attempts = { attempts: { attempt: number; kept: boolean; commit: string | null }[] };

it('lists and shows attempts, and restores a rejected one into the work tree', async () => {
  const repo = await finishedRun();
  const { attempts } = await perfgate.json<Attempts>(repo.root, 'attempts');
  expect(attempts.map((a) => a.kept)).toEqual([false, true, true]);
  expect((await must(perfgate, repo, 'attempts')).split('\n')).toHaveLength(4);
  expect(await must(perfgate, repo, 'attempts', 'show', '1')).toMatch(/^\+# no$/m);
  expect(await perfgate.json(repo.root, 'attempts', 'show', '2')).toMatchObject({
    patch: expect.stringContaining('+STEPS=40'),
  });
  repo.git('checkout', '--quiet', 'main');
  expect(await perfgate.json(repo.root, 'attempts', 'restore', '1')).toMatchObject({ applied: ['work.sh'], left: [] });
  expect(repo.read('work.sh')).toContain('# no');
  repo.write('more.sh', 'mine\n');
  expect(await perfgate.json(repo.root, 'attempts', 'restore', '3')).toMatchObject({ applied: [], left: ['more.sh'] });
  expect(repo.read('more.sh')).toBe('mine\n');
  for (const args of [['show', '9'], ['show'], ['restore', 'x'], ['explode', '1']])
    expect((await perfgate.run(repo.root, 'attempts', ...args)).code).toBe(2);
});

it('reverts an accepted change with an inverse commit, once', async () => {
  const repo = await finishedRun();
  expect(await perfgate.json(repo.root, 'undo', '2')).toMatchObject({
    code: 0,
    attempt: 2,
    restored: ['work.sh'],
    left: [],
  });
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('more.sh');
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('log', '-1', '--format=%(trailers:key=Perf-Gate-Undo,valueonly)').trim()).toBe('2');
  const head = repo.git('rev-parse', 'HEAD');
  for (const number of ['2', '1', '9', 'x']) expect((await perfgate.run(repo.root, 'undo', number)).code).toBe(2);
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
  const { attempts } = await perfgate.json<Attempts>(repo.root, 'attempts');
  expect(attempts.map((a) => a.kept)).toEqual([false, false, true]);
});

it('makes the branch ready for review, and splits it', async () => {
  const repo = await finishedRun();
  const { run } = await perfgate.json(repo.root, 'status');
  const finished = await perfgate.json<{ branches: string[] }>(repo.root, 'finish', '--split');
  expect(finished).toMatchObject({ code: 0, branch: 'perf-gate/make-it-faster' });
  expect(finished.branches).toEqual(['perf-gate/make-it-faster-2', 'perf-gate/make-it-faster-3']);
  const files = repo.git('diff', '--name-only', 'HEAD~1', 'HEAD').split('\n');
  expect(files).toContain(`perf/${run}/report.md`);
  expect(files.every((path) => /^perf\/[^/]+\/(\d\d-[a-z]+|report)\.md$/.test(path))).toBe(true);
  expect(repo.git('diff', '--name-only', 'main', 'perf-gate/make-it-faster-3')).toBe('more.sh');
  expect(repo.git('status', '--porcelain')).toBe('');
  const head = repo.git('rev-parse', 'HEAD');
  expect(await perfgate.json(repo.root, 'finish')).toMatchObject({ code: 0, commit: head });
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
});

it('returns to the original branch at finish if no change was accepted', async () => {
  const repo = countingProject();
  await perfgate.run(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', 'exit 10');
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('perf-gate/make-it-faster');
  expect(await perfgate.json(repo.root, 'finish')).toMatchObject({ code: 0, commit: null });
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
});

it('does not finish an active run', async () => {
  const repo = countingProject();
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  expect(await perfgate.json(repo.root, 'finish')).toMatchObject({ code: 2, error: { code: 'wrong_stage' } });
});

it('tells the story: list, show, report', async () => {
  const repo = await finishedRun();
  const list = await perfgate.json<{ runs: object[] }>(repo.root, 'list');
  expect(list.runs).toMatchObject([{ outcome: 'accepted', attempts: 3, accepted: 2, task: 'make it faster' }]);
  expect(await must(perfgate, repo, 'list')).toMatch(/accepted +2\/3 +make it faster/);
  const shown = await must(perfgate, repo, 'show');
  expect(shown.match(/^──── /gm)).toHaveLength(18);
  const story = await perfgate.json<{ artifacts: { frontmatter: { stage: string; epoch: number } }[] }>(
    repo.root,
    'show',
  );
  const epochs = story.artifacts.map((a) => a.frontmatter.epoch);
  expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
  const { report, html } = await perfgate.json<{ report: string; html: string }>(repo.root, 'report');
  expect([existsSync(report), existsSync(html)]).toEqual([true, true]);
  expect((await perfgate.run(repo.root, 'show', '20200101-0000-nothing')).stderr).toMatch(/did you mean/);
});

it('removes the snapshots of old runs, but not those of the newest', async () => {
  const repo = await finishedRun();
  const refs = () => repo.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/').split('\n').filter(Boolean);
  const before = refs();
  expect(before.length).toBeGreaterThan(3);
  expect(await perfgate.json(repo.root, 'gc')).toMatchObject({ code: 0, dropped: [] });
  expect(refs()).toEqual(before);
  expect(await perfgate.json(repo.root, 'gc', '--keep', '0')).toMatchObject({ code: 0, dropped: [expect.any(String)] });
  expect(refs()).toEqual([]);
  expect((await perfgate.run(repo.root, 'gc', '--keep', 'all')).code).toBe(2);
});
