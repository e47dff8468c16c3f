import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { type Outcome, perfGate } from '../helpers/cli.ts';
import { contractText, countingProject, everything, files } from '../helpers/project.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Process = { pid: number; since: string; what: string };
type Status = { background: { pid: number; since: string } | null; measuring: Process | null; waiting: Process[] };

/** Waits until it holds, however busy the machine is. */
const until = (holds: () => unknown) => vi.waitFor(holds, { timeout: 90_000, interval: 100 });

const status = (repo: TestRepository) => perfgate.json<Status>(repo.root, 'status');

/** `perf-gate next`, at work. */
function next(repo: TestRepository) {
  const child = spawn(process.execPath, [perfgate.bin(), 'next'], { cwd: repo.root, env: perfgate.env() });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.resume();
  const code = new Promise<number | null>((done) => child.on('close', done));
  return { pid: child.pid!, said: () => said, kill: () => child.kill('SIGKILL'), code };
}

async function approved(repo: TestRepository): Promise<TestRepository> {
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  await must(perfgate, repo, 'approve');
  return repo;
}

it('lets clones measure in turn: each reports which process measures and which wait before it, and a dead one leaves the queue', async () => {
  const places = temporaryFolder();
  const hold = join(places, 'hold');
  const script = `while test -e ${hold}; do sleep 0.05; done; sh bench.sh`;
  const one = await approved(countingProject({ repro: { script, timeout_s: 200 } }));
  const [two, three] = ['two', 'three'].map((name) => {
    one.git('clone', '--quiet', '--branch', 'main', one.root, join(places, name));
    return at(join(places, name));
  }) as [TestRepository, TestRepository];
  await approved(two);
  await approved(three);

  at(places).write('hold', '');
  const first = next(one);
  await until(async () => expect(await status(one)).toMatchObject({ measuring: { pid: first.pid } }));
  const second = next(two);
  await until(async () => expect(await status(two)).toMatchObject({ waiting: [{ pid: second.pid }] }));
  const third = next(three);
  await until(() => expect(third.said()).toContain('before this one'));
  expect(third.said()).toMatch(
    new RegExp(
      `Waiting to measure: pid ${first.pid} since .* UTC \\(baseline in ${one.root}\\); one more process waits before`,
    ),
  );
  expect(await status(three)).toMatchObject({
    background: { pid: third.pid, since: expect.stringMatching(/^\d{4}-/) },
    measuring: { pid: first.pid, what: `baseline in ${one.root}` },
    waiting: [{ pid: second.pid }, { pid: third.pid }],
  });
  const shown = await must(perfgate, three, 'status');
  expect(shown).toMatch(new RegExp(`^measures +pid ${first.pid} since [-\\d]+ [:\\d]+ UTC \\(baseline in `, 'm'));
  expect(shown).toMatch(new RegExp(`^waits 2 +pid ${third.pid} since .*${three.root}`, 'm'));

  const refused = await perfgate.run(one.root, 'next');
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toMatch(new RegExp(`since [-\\d]+ [:\\d]+ UTC: pid ${first.pid} \\(perf-gate next\\)`));

  second.kill();
  await until(async () => expect((await status(three)).waiting).toMatchObject([{ pid: third.pid }]));
  at(places).remove('hold');
  expect(await Promise.all([first.code, third.code])).toEqual([0, 0]);
  expect(await status(two)).toMatchObject({ stage: 'baseline', background: null, measuring: null, waiting: [] });
  expect(await perfgate.json(two.root, 'next')).toMatchObject({ code: 0, stage: 'hotspots' });
});

/** Two projects in folders of one repository. */
function twoProjects(): TestRepository {
  const project = Object.entries({ ...files, 'c.yaml': contractText() });
  const inFolder = (folder: string) => project.map(([path, text]) => [`${folder}/${path}`, text]);
  return repository(Object.fromEntries([...inFolder('one'), ...inFolder('two')]));
}
const start = ['start', 'make it faster', '--contract', 'c.yaml'];
const startIn = (repo: TestRepository, folder: string, ...more: string[]) =>
  perfgate.json<Outcome & { error?: { code: string; message: string } }>(join(repo.root, folder), ...start, ...more);

it('refuses a run while another project of the same work tree has one, with or without a branch, but not in another work tree', async () => {
  const repo = twoProjects();
  expect(await startIn(repo, 'one')).toMatchObject({ code: 0, stage: 'scoping' });
  const before = everything(repo);
  for (const more of [[], ['--no-branch'], ['--yes', '--fix-command', 'true']]) {
    const refused = await startIn(repo, 'two', ...more);
    expect(refused).toMatchObject({ code: 2, error: { code: 'other_project_active' } });
    expect(refused.error!.message).toContain(join(repo.root, 'one'));
    expect(everything(repo)).toEqual(before);
  }
  const tree = join(temporaryFolder(), 'tree');
  repo.git('worktree', 'add', '--quiet', '--detach', tree);
  expect(await startIn(at(tree), 'two')).toMatchObject({ code: 0, stage: 'scoping' });
  expect(await perfgate.json(join(repo.root, 'one'), 'abort')).toMatchObject({ code: 0 });
  expect(await startIn(repo, 'two')).toMatchObject({ code: 0, stage: 'scoping' });
});

it('lets only one of two simultaneous starts begin', async () => {
  const repo = twoProjects();
  const began = await Promise.all(['one', 'two'].map((folder) => startIn(repo, folder)));
  expect(began.map(({ code }) => code).sort()).toEqual([0, 2]);
  expect(repo.git('branch', '--list', 'perf-gate/*').split('\n')).toHaveLength(1);
});
