import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { apiServer } from '../compare/pull-request/api.ts';
import { execute, perfGate } from '../helpers/cli.ts';
import { repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Env = Record<string, string>;
type Step = { name?: string; uses?: string; run?: string; if?: string; env?: Env; with?: Record<string, unknown> };
type Job = { if: string; env: Env; steps: Step[] };
type Contexts = Record<string, unknown>;

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../compare/pull-request/fixtures/${name}.json`, import.meta.url), 'utf8'));
const action = () => parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
const workflow = (repo: TestRepository, name: string) => parse(repo.read(`.github/workflows/${name}.yml`));
const jobOf = (file: { jobs: Record<string, Job> }) => Object.values(file.jobs)[0]!;

/** The value of an expression of GitHub such as `github.event.number`, `==`, `!=`, `&&`, `||` and `contains` included. */
function evaluated(expression: string, contexts: Contexts): unknown {
  const script = expression
    .replace(/([\w.]+)\.\*\.name/g, '$1.map((one) => one.name)')
    .replace(/inputs\.([a-z-]+)/g, "inputs['$1']")
    .replace(/github\.event\.label\.name/g, 'github.event.label?.name');
  const names = { always: () => true, contains: (all: string[], one: string) => all.includes(one), ...contexts };
  return new Function(...Object.keys(names), `return (${script});`)(...Object.values(names));
}

const filled = (env: Env = {}, contexts: Contexts): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, text]) => [
      name,
      String(text).replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => String(evaluated(inner, contexts))),
    ]),
  );

/** A runner: its folders, and `npx` that runs this perf-gate in place of the published one. */
function runner(event: object, env: Env = {}) {
  const temp = temporaryFolder();
  const bin = join(temp, 'bin');
  mkdirSync(bin);
  const npx = `#!/bin/sh\n[ "$1 $2" = "--yes perf-gate@${manifest.version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${perfgate.bin()}" "$@"\n`;
  writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 });
  writeFileSync(join(temp, 'event.json'), JSON.stringify(event));
  appendFileSync(join(temp, 'summary.md'), '');
  const given = {
    ...(perfgate.env() as Env),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    RUNNER_TEMP: temp,
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary.md'),
    GITHUB_REPOSITORY: 'acme/report',
    ...env,
  };
  return { temp, bin, env: given };
}

/** Runs the steps that have a script, one by one, as a runner does; gives the exit codes, and ends at the first that fails. */
async function steps(all: Step[], cwd: string, { env, contexts }: { env: Env; contexts: Contexts }) {
  const codes: (number | null)[] = [];
  for (const step of all) {
    if (step.run === undefined || (step.if && !evaluated(step.if, contexts))) continue;
    if (codes.some((code) => code !== 0) && step.if !== 'always()') continue;
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
    const { code, stderr } = await execute('bash', args, { cwd, env: { ...env, ...filled(step.env, contexts) } });
    codes.push(code);
    if (code !== 0 && code !== 1) throw new Error(`${step.name}: ${code}\n${stderr}`);
  }
  return codes;
}

const noisy = 'echo "METRIC work=$(($(cat work) * 10 + $(od -An -N1 -tu1 /dev/urandom) % 20))"\n';
const contract = `version: 1
repro: { script: sh bench.sh }
metrics: { primary: { name: work, source: { stdout: metric, key: work } } }
guards: { protected: [bench.sh] }
claim: no_worse
threshold: { no_worse_pct: 3 }
profiler: none
`;

/** A repository with one benchmark that was set up, and a clone with a change on a branch, with the event of its pull request. */
async function changed(work: string, name: string) {
  const repo = repository({ 'bench.sh': noisy, work: '100\n', 'perf-gate.yaml': contract });
  expect(await perfgate.json(repo.root, 'init', '--ci', 'github')).toMatchObject({ code: 0 });
  const base = repo.commit('measure pull requests');
  repo.git('checkout', '--quiet', '-b', 'faster-sort');
  repo.write('work', work);
  repo.write('bench.sh', 'echo METRIC work=1\n');
  const head = repo.commit('a change');
  const event = fixture(name);
  event.pull_request.base.sha = base;
  event.pull_request.head.sha = head;
  const clone = join(temporaryFolder(), 'clone');
  repo.git('clone', '--quiet', repo.root, clone);
  return { repo, event, clone, head };
}

it('holds an equal change of a fork, and the second workflow writes that', async () => {
  const { repo, event, clone, head } = await changed('100 \n', 'pull-request-of-fork');
  const measuring = jobOf(workflow(repo, 'perf-gate'));
  const contexts = { github: { event, token: '' }, runner: {} };
  expect(evaluated(measuring.if, contexts)).toBe(true);
  const { temp, env } = runner(event);
  const given = { env: { ...env, ...filled(measuring.env, contexts) }, contexts };
  expect(await steps(measuring.steps, clone, given)).toEqual([0, 0]);
  expect(readFileSync(join(temp, 'summary.md'), 'utf8')).toMatch(/### perf-gate: held/);

  const ended = fixture('workflow-run');
  ended.workflow_run.head_sha = head;
  const api = await apiServer({
    7: { state: 'open', head: { sha: head, ref: 'patch-1', repo: { full_name: 'stranger/report' } } },
  });
  const writing = jobOf(workflow(repo, 'perf-gate-comment'));
  const later = { github: { event: ended, token: 'of-this-test' } };
  expect(evaluated(writing.if, later)).toBe(true);
  const second = runner(ended, { GITHUB_API_URL: api.url });
  const gh = `#!/bin/sh\n[ "$1 $2 $3" = "run download 4242" ] || exit 99\nwhile [ "$1" != --dir ]; do shift; done\ncp -r "${temp}/perf-gate" "$2"\n`;
  writeFileSync(join(second.bin, 'gh'), gh, { mode: 0o755 });
  const env2 = { ...second.env, ...filled(writing.env, later) };
  expect(await steps(writing.steps, temporaryFolder(), { env: env2, contexts: later })).toEqual([0, 0]);
  expect(api.checks).toMatchObject([{ conclusion: 'success', head_sha: head }]);
  expect(api.comments).toHaveLength(1);
});

it('the steps of the action fail a slower change, and write for the same repository, not for a fork', async () => {
  const { event, clone } = await changed('130\n', 'pull-request');
  const api = await apiServer({});
  const { inputs, runs } = action();
  const contexts: Contexts = { github: { event, token: 'of-this-test', repository: 'acme/report' } };
  const defaults = Object.entries(inputs as Record<string, { default: string }>).map(([k, v]) => [k, v.default]);
  contexts.inputs = filled(Object.fromEntries(defaults), contexts);
  const { temp, env } = runner(event, { GITHUB_API_URL: api.url });
  expect(await steps(runs.steps, clone, { env, contexts })).toEqual([0, 0, 0, 1]);
  expect(api.checks).toMatchObject([{ conclusion: 'failure', output: { title: 'regressed' } }]);
  const report = readFileSync(join(temp, 'perf-gate/junit.xml'), 'utf8');
  new SaxesParser().write(report).close();
  expect(report).toMatch(/<testcase [^>]*name="work"><failure message="regressed/);
  const [, , writing] = runs.steps as Step[];
  const github = { event: fixture('pull-request-of-fork'), repository: 'acme/report' };
  expect(evaluated(writing!.if!, { ...contexts, github })).toBe(false);
});

const loop = (n: number) => `i=0; while [ $i -lt ${n} ]; do i=$((i + 1)); done\n`;

it('an empty repository with one benchmark is set up by one command, and nothing is written twice', async () => {
  const repo = repository({ 'bench.sh': '. ./work.sh\n', 'work.sh': loop(500) });
  const args = ['init', '--ci', 'github', '--benchmark', 'sh bench.sh'];
  const first = await perfgate.json<{ changed: string[] }>(repo.root, ...args);
  expect(first.changed).toHaveLength(3);
  const base = repo.commit('measure pull requests');
  expect(await perfgate.json(repo.root, ...args)).toMatchObject({ code: 0, changed: [] });
  expect(parse(repo.read('perf-gate.yaml')).guards).toEqual({ protected: ['bench.sh'] });
  repo.write('work.sh', loop(50_000));
  repo.commit('much slower');
  expect(await perfgate.json(repo.root, 'compare', base, 'HEAD')).toMatchObject({ code: 1, verdict: 'regressed' });
  expect(await perfgate.run(repo.root, 'init', '--benchmark', 'true')).toMatchObject({ code: 2 });
});

it('measures with the label only, runs nothing of the event in a script, and pins what it uses', async () => {
  const repo = repository({});
  await perfgate.run(repo.root, 'init', '--ci', 'github');
  const [measuring, writing] = [workflow(repo, 'perf-gate'), workflow(repo, 'perf-gate-comment')];
  const unlabelled = fixture('pull-request');
  unlabelled.pull_request.labels = [];
  const events = [fixture('labeled'), fixture('labeled-otherwise'), fixture('pull-request'), unlabelled];
  expect(events.map((event) => evaluated(jobOf(measuring).if, { github: { event } }))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(measuring.permissions).toEqual({ contents: 'read' });
  expect(Object.keys(measuring.on)).toEqual(['pull_request']);
  expect(writing.on.workflow_run.workflows).toEqual([measuring.name]);
  expect(JSON.stringify(writing)).not.toContain('actions/checkout');
  const all: Step[] = [...jobOf(measuring).steps, ...jobOf(writing).steps, ...action().runs.steps];
  for (const { run = '', uses } of all) {
    expect(run).not.toContain('${{');
    if (uses) expect(uses).toMatch(/^actions\/(checkout|setup-node|upload-artifact)@[0-9a-f]{40}$/);
    for (const [, version] of run.matchAll(/perf-gate@(\S+)/g)) expect(version).toBe(manifest.version);
  }
});
