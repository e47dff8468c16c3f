import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { apiServer } from '../compare/pull-request/api.ts';
import { actionFile, evaluated, filled, jobOf, recorded, runner, workflowOf } from '../helpers/actions.ts';
import { execute, perfGate } from '../helpers/cli.ts';
import { at, isolateGit, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

const workflow = (repo: TestRepository, name: string) => workflowOf(repo.read(`.github/workflows/${name}.yml`));
const action = () => parse(actionFile());

/** The event of a pull request, with these commits in it. */
function eventOf(name: string, base: string, head: string) {
  const event = recorded(name);
  event.pull_request.base.sha = base;
  event.pull_request.head.sha = head;
  return event;
}

type Measured = { repo: TestRepository; event: ReturnType<typeof eventOf> };

/** Runs the first workflow. Returns the exit codes of its steps, and the runner with their files. */
async function measured({ repo, event }: Measured) {
  const job = jobOf(workflow(repo, 'perf-gate'));
  const contexts = { github: { event }, runner: {} };
  expect(evaluated(job.if, contexts)).toBe(true);
  const first = runner(perfgate, event);
  repo.git('clone', '--quiet', repo.root, first.workspace);
  return { ...(await first.steps(job, contexts)), first };
}

/** Runs the second workflow on the files of the first, for the fork of the recorded event. */
async function written(repo: TestRepository, temp: string, of: { head: string; conclusion: string }) {
  const event = recorded('workflow-run');
  Object.assign(event.workflow_run, { head_sha: of.head, conclusion: of.conclusion });
  const head = { sha: of.head, ref: 'patch-1', repo: { full_name: 'stranger/report' } };
  const api = await apiServer({ 7: { state: 'open', head } });
  const job = jobOf(workflow(repo, 'perf-gate-comment'));
  const contexts = { github: { event, token: 'of-this-test' } };
  expect(evaluated(job.if, contexts)).toBe(true);
  const second = runner(perfgate, event, { GITHUB_API_URL: api.url });
  const into = 'while [ "$1" != --dir ]; do shift; done';
  second.program('gh', `[ "$1 $2 $3" = "run download 4242" ] || exit 99\n${into}\ncp -r "${temp}/perf-gate" "$2"`);
  return { ...(await second.steps(job, contexts)), api };
}

const loop = (n: number) => `i=0; while [ $i -lt ${n} ]; do i=$((i + 1)); done\n`;

it('two commands set up the gate for pull requests of a repository with a benchmark, also from forks', async () => {
  isolateGit();
  const hub = temporaryFolder();
  const repo = at(join(temporaryFolder(), 'report'));
  await execute('git', ['init', '--quiet', '--bare', '--initial-branch=main', hub], { cwd: hub, env: process.env });
  await execute('git', ['clone', '--quiet', hub, repo.root], { cwd: hub, env: process.env });
  repo.git('config', 'user.name', 'A User');
  repo.git('config', 'user.email', 'user@example.org');
  repo.write('bench.sh', '. ./work.sh\n');
  repo.write('work.sh', loop(500));
  repo.commit('a benchmark');
  repo.git('push', '--quiet', '--set-upstream', 'origin', 'HEAD');

  const { stdout } = await perfgate.run(repo.root, 'init', '--ci', 'github', '--benchmark', 'sh bench.sh');
  const second = stdout.split('\n').find((line) => line.startsWith('  git add'))!;
  expect(await execute('sh', ['-c', second], { cwd: repo.root, env: process.env })).toMatchObject({ code: 0 });
  expect(repo.git('status', '--porcelain')).toBe('');
  const base = repo.git('rev-parse', 'origin/main');
  expect(base).toBe(repo.git('rev-parse', 'HEAD'));

  repo.git('checkout', '--quiet', '-b', 'patch-1');
  repo.write('work.sh', loop(50_000));
  repo.write('bench.sh', 'true\n');
  const head = repo.commit('slower, with a benchmark that hides it');
  const event = { ...eventOf('pull-request-of-fork', base, head), action: 'labeled', label: { name: 'perf' } };
  const { codes, first } = await measured({ repo, event });
  expect(codes).toEqual([1, 0]);
  const { api, codes: later } = await written(repo, first.temp, { head, conclusion: 'failure' });
  expect(later).toEqual([0, 0]);
  expect(api.checks).toMatchObject([{ conclusion: 'failure', head_sha: head, output: { title: 'regressed' } }]);
  expect(api.comments).toMatchObject([{ body: expect.stringContaining('### perf-gate: regressed') }]);
});

const noisy = 'echo "METRIC work=$(($(cat work) * 10 + $(od -An -N1 -tu1 /dev/urandom) % 20))"\n';
const contract = `version: 1
repro: { script: sh bench.sh }
metrics: { primary: { name: work, source: { stdout: metric, key: work } } }
guards: { protected: [bench.sh] }
profiler: none
`;

/** A set-up repository with one benchmark, and a change on a branch. */
async function changed(work: string, name: string) {
  const repo = repository({ 'bench.sh': noisy, work: '100\n', 'perf-gate.yaml': contract });
  expect(await perfgate.json(repo.root, 'init', '--ci', 'github')).toMatchObject({ code: 0 });
  const base = repo.commit('measure pull requests');
  repo.git('checkout', '--quiet', '-b', 'faster-sort');
  repo.write('work', work);
  repo.write('bench.sh', 'echo METRIC work=1\n');
  const head = repo.commit('a change');
  return { repo, head, event: eventOf(name, base, head) };
}

it('reports “held” for a fork’s change without effect, and the second workflow writes the comment', async () => {
  const { repo, event, head } = await changed('100 \n', 'pull-request-of-fork');
  const { codes, first } = await measured({ repo, event });
  expect(codes).toEqual([0, 0]);
  expect(first.read('summary.md')).toMatch(
    /### perf-gate: held[\s\S]*\*\*Warning:\*\* `bench.sh is protected and differs/,
  );
  const { api, codes: later } = await written(repo, first.temp, { head, conclusion: 'success' });
  expect(later).toEqual([0, 0]);
  expect(api.checks).toMatchObject([{ conclusion: 'success', head_sha: head }]);
  expect(api.comments).toHaveLength(1);
});

/** The contexts of the action, with default inputs. */
function actionContexts(event: object): Record<string, unknown> {
  const contexts = { github: { event, token: 'of-this-test', repository: 'acme/report' } };
  const inputs = Object.entries(action().inputs as Record<string, { default: string }>);
  return { ...contexts, inputs: filled(Object.fromEntries(inputs.map(([k, v]) => [k, v.default])), contexts) };
}

it('the steps of the action fail for a slower change, and comment for the same repository, not for a fork', async () => {
  const { repo, event } = await changed('130\n', 'pull-request');
  const api = await apiServer({});
  const { runs } = action();
  const contexts = actionContexts(event);
  const { steps, workspace, read } = runner(perfgate, event, { GITHUB_API_URL: api.url });
  repo.git('clone', '--quiet', repo.root, workspace);
  expect((await steps(runs, contexts)).codes).toEqual([0, 0, 0, 1]);
  expect(api.checks).toMatchObject([{ conclusion: 'failure', output: { title: 'regressed' } }]);
  const report = read('perf-gate/junit.xml');
  new SaxesParser().write(report).close();
  expect(report).toMatch(/<testcase [^>]*name="work"><failure message="regressed/);
  const github = { event: recorded('pull-request-of-fork'), repository: 'acme/report' };
  expect(evaluated(runs.steps[2].if, { ...contexts, github })).toBe(false);
});

it('with a read-only token the comment is missing, but the verdict stays', async () => {
  const { repo, event } = await changed('100 \n', 'pull-request');
  const { steps, workspace } = runner(perfgate, event, { GITHUB_API_URL: 'http://127.0.0.1:9' });
  repo.git('clone', '--quiet', repo.root, workspace);
  const { codes, stdout } = await steps(action().runs, actionContexts(event));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(stdout).toContain('::warning::perf-gate wrote no comment.');
});

it('passes if the base has no contract, and fails if the checkout lacks the base, also for a fork', async () => {
  const repo = repository({ 'bench.sh': 'true\n' });
  expect(await perfgate.json(repo.root, 'init', '--ci', 'github')).toMatchObject({ code: 0 });
  const [base, head] = [repo.git('rev-parse', 'HEAD'), repo.commit('measure pull requests')];
  for (const [of, code, told, ofAction] of [
    [base, 0, '::notice::The base has no perf-gate.yaml yet', [0, 0, 0]],
    ['3'.repeat(40), 2, '::error::The checkout lacks the base', [2]],
  ] as const) {
    const event = eventOf('pull-request-of-fork', of, head);
    const { codes, stdout } = await measured({ repo, event });
    expect([codes[0], stdout]).toEqual([code, expect.stringContaining(told)]);
    const { steps, workspace } = runner(perfgate, event);
    repo.git('clone', '--quiet', repo.root, workspace);
    const ended = await steps(action().runs, actionContexts(event));
    expect([ended.codes, ended.stdout]).toEqual([ofAction, expect.stringContaining(told)]);
  }
});

it('a second `init --ci` writes no files, and reports files that differ', async () => {
  const repo = repository({ 'bench.sh': 'true\n', 'packages/a/run.sh': 'true\n' });
  const init = (...words: string[]) => perfgate.run(repo.root, 'init', '--ci', 'github', ...words);
  const { stdout } = await init('--benchmark', 'true');
  expect(stdout).toContain('Every pull request is measured with its base’s version of bench.sh.');
  repo.remove('perf-gate.yaml');
  await init('--benchmark', 'sh bench.sh');
  expect(parse(repo.read('perf-gate.yaml')).guards).toEqual({ protected: ['bench.sh'] });
  expect((await init('--benchmark', 'sh bench.sh')).stdout).toContain('perf-gate.yaml is up to date.');
  expect(repo.git('ls-files', '--others').split('\n')).toHaveLength(3);
  expect(await perfgate.run(repo.root, 'init', '--benchmark', 'true')).toMatchObject({ code: 2 });
  repo.remove('perf-gate.yaml');
  expect(await init('--benchmark', '')).toMatchObject({ code: 2 });
  const below = await perfgate.run(join(repo.root, 'packages/a'), 'init', '--ci', 'github');
  expect(below).toMatchObject({ code: 2, stderr: expect.stringContaining(`--cwd ${repo.root}`) });
  expect(await perfgate.run(temporaryFolder(), 'init', '--ci', 'github')).toMatchObject({ code: 2 });
});

it('the contract makes a clean copy runnable, and protects existing benchmarks', async () => {
  const scripts = { bench: 'node bench/all.mjs', build: 'tsc' };
  const repo = repository({
    'package.json': JSON.stringify({ name: 'report', scripts, dependencies: { semver: '7' } }),
    'package-lock.json': JSON.stringify({ name: 'report', lockfileVersion: 3, packages: {} }),
    'bench/all.mjs': "import './one.mjs';\n",
  });
  const { stdout } = await perfgate.run(repo.root, 'init', '--ci', 'github', '--benchmark', 'npm run bench');
  const { repro, guards } = parse(repo.read('perf-gate.yaml'));
  expect([repro.setup, guards]).toEqual(['npm ci', { protected: ['bench/**'] }]);
  expect(stdout).toContain('each of the two commits before the measurement: npm ci.');
});

it('measures with the label only, and writes only after a measurement', async () => {
  const repo = repository({});
  await perfgate.run(repo.root, 'init', '--ci', 'github');
  const unlabelled = recorded('pull-request');
  unlabelled.pull_request.labels = [];
  const events = [recorded('labeled'), recorded('labeled-otherwise'), recorded('pull-request'), unlabelled];
  const { if: measures } = jobOf(workflow(repo, 'perf-gate'));
  expect(events.map((event) => evaluated(measures, { github: { event } }))).toEqual([true, false, true, false]);
  const { if: writes } = jobOf(workflow(repo, 'perf-gate-comment'));
  const after = (conclusion: string, event = 'pull_request') =>
    evaluated(writes, { github: { event: { workflow_run: { event, conclusion } } } });
  const conclusions = ['success', 'failure', 'skipped', 'cancelled', 'action_required'];
  expect(conclusions.map((one) => after(one))).toEqual([true, true, false, false, false]);
  expect(after('success', 'push')).toBe(false);
});
