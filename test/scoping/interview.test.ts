import { expect, test } from 'vitest';
import { parseContract, stringifyContract } from '../../src/contract/parse.ts';
import { domainNames } from '../../src/core/domain-names.ts';
import { contractFrom } from '../../src/scoping/interview/contract-from.ts';
import {
  answerProblem,
  changeable,
  changed,
  nextQuestion,
  questions,
  questionsText,
} from '../../src/scoping/interview/interview.ts';
import type { Answers } from '../../src/scoping/interview/question.ts';
import { type Recon, recon } from '../../src/scoping/recon/recon.ts';
import { folder } from '../helpers/folder.ts';

const node = () =>
  recon(
    folder({
      'package.json':
        '{"scripts":{"bench":"node bench.mjs","build":"vite build","test":"vitest run","start":"node server.js"},"devDependencies":{"vite":"7"}}',
      'package-lock.json': '{}',
      'bench.mjs': '',
      'test/a.test.js': '',
      '.env.bench': 'TOKEN=x',
    }),
  );
const bare = () => recon(folder({}));

/** Answers every question with the given answer, or else with its default, or else with `sleep 0`. */
function answered(found: Recon, task: string, given: Answers = {}): Answers {
  let answers: Answers = {};
  for (let q = nextQuestion(answers, found, task); q; q = nextQuestion(answers, found, task)) {
    answers = { ...answers, [q.id]: given[q.id] ?? (q.default === '' ? 'sleep 0' : q.default) };
  }
  return answers;
}
const contractOf = (found: Recon, task: string, given: Answers = {}) =>
  parseContract(stringifyContract(contractFrom(answered(found, task, given), found, task)), 'perf-gate.yaml');

test.each(
  domainNames.flatMap((domain) => [
    [domain, 'a Node project', node] as const,
    [domain, 'an empty folder', bare] as const,
  ]),
)('the defaults for %s in %s give a valid contract after 4 to 10 questions', (domain, _where, found) => {
  const repo = found();
  const asked = Object.keys(answered(repo, '', { domain })).length;
  expect(asked).toBeGreaterThanOrEqual(4);
  expect(asked).toBeLessThanOrEqual(10);
  expect(contractOf(repo, '', { domain }).domain).toBe(domain);
});

test.each(domainNames)('every watchdog, profiler and guard that is offered for %s may be chosen', (domain) => {
  const repo = node();
  for (const id of ['primary', 'profiler', 'runs'] as const) {
    const question = (answers: Answers): ReturnType<typeof nextQuestion> => {
      const next = nextQuestion(answers, repo, '');
      return !next || next.id === id ? next : question({ ...answers, [next.id]: next.default });
    };
    for (const { value } of question({ domain })?.choices ?? []) {
      expect(() => contractOf(repo, '', { domain, [id]: value })).not.toThrow();
    }
  }
  const all = questions(repo, '').flatMap((q) =>
    q.kind === 'multiselect' ? [[q.id, q.choices!.map((c) => c.value)]] : [],
  );
  expect(() => contractOf(repo, '', { domain, ...Object.fromEntries(all) })).not.toThrow();
});

test.each([
  ['make the CLI start faster', 'cli_startup'],
  ['p95 of the /search endpoint is too high', 'api_latency'],
  ['the vite build takes too long, speed up compilation', 'build_time'],
  ['reduce the bundle size', 'bundle_size'],
  ['scrolling drops frames', 'render_fps'],
  ['the import uses too much memory', 'memory_peak'],
  ['slow SQL query in the orders table', 'db_query'],
  ['the pre-commit hook is slow', 'hook_latency'],
  ['make it faster', 'custom'],
])('“%s” is about %s', (task, domain) => {
  expect(questions(bare(), task)[0]!.default).toBe(domain);
});

test('a Node project with a benchmark gets the contract that a person would write by hand', () => {
  const contract = contractOf(node(), 'make the report faster', {
    guards: ['correctness', 'protected', 'secrets:.env.bench'],
    threshold: '10 %',
  });
  expect(contract).toMatchObject({
    description: 'make the report faster',
    repo_context: { language: 'javascript', package_manager: 'npm', existing_benchmarks: 'bench.mjs' },
    repro: { script: 'node bench.mjs', setup: 'npm ci', measurement_runs: 'auto', max_runs: 'auto' },
    metrics: {
      primary: { name: 'cpu_ms', unit: 'ms', source: 'cpu' },
      watchdogs: [{ name: 'peak_rss_mb', unit: 'MB', max_regression_pct: 10, source: 'max_rss' }],
    },
    threshold: { type: 'pct', pct_min: 10 },
    guards: { correctness: 'npm test', protected: ['**/*.{test,spec}.*', 'test/**', 'bench.mjs'] },
    profiler: 'auto',
    secrets_file: '.env.bench',
  });
  expect(contract.repro).not.toHaveProperty('build');
});

test('later questions build on earlier answers', () => {
  const repo = node();
  const ask = (answers: Answers) => nextQuestion(answers, repo, '')!;
  expect(ask({ domain: 'build_time' }).default).toBe('npm run build');
  const given = { setup: 'npm ci', watchdogs: [], threshold: '5' };
  expect(ask({ ...given, domain: 'bundle_size', repro: 'npm run build', primary: 'bundle_bytes' }).id).toBe('profiler');
  expect(
    ask({ domain: 'memory_peak', repro: 'x', setup: 'npm ci', primary: 'peak_rss_mb' }).choices!.map((c) => c.value),
  ).toEqual(['wall_ms']);
  expect(nextQuestion(answered(repo, ''), repo, '')).toBeNull();
});

test('the size of a build is measured in the project’s own output folder', () => {
  const contract = contractOf(node(), 'reduce the bundle size');
  expect(contract.metrics.primary.source).toEqual({ size: 'dist/**', encoding: 'gzip' });
  expect(contract.threshold.pct_min).toBe(5);
});

test('a metric that needs something from the user says so, and is not the default', () => {
  const question = questions(bare(), 'slow SQL query').find((q) => q.id === 'watchdogs')!;
  expect(question.choices![0]).toEqual({
    value: 'lock_wait_ms',
    label: 'lock_wait_ms, at most 10 % worse',
    hint: 'the command prints a line METRIC lock_wait_ms=…',
  });
  expect(question.default).toEqual([]);
});

test('an invalid answer gets a reason', () => {
  const asked = questions(node(), '');
  const [domain, repro] = asked;
  const threshold = asked.find(({ id }) => id === 'threshold');
  expect(answerProblem(domain!, 'nothing')).toContain('“nothing” is not one of api_latency');
  expect(answerProblem(repro!, '  ')).toContain('For example: node bench.mjs');
  expect(answerProblem(repro!, 'anything at all')).toBeNull();
  for (const wrong of ['', '0', '100', 'much', '1e1', '-5'])
    expect(answerProblem(threshold!, wrong)).toContain('between 0 and 100');
  for (const right of ['20', '20%', '12.5 %', '0,5']) expect(answerProblem(threshold!, right)).toBeNull();
});

const questionOf = (id: string, found: Recon, answers: Answers = {}) =>
  changeable(answers, found, '').find(({ question }) => question.id === id)!.question;

test('the setup command is asked for and may be left out; a question without need is not asked', () => {
  expect(questionOf('setup', node()).choices!.map((c) => c.value)).toEqual(['npm ci', 'nothing']);
  expect(contractOf(node(), '').repro.setup).toBe('npm ci');
  expect(contractOf(node(), '', { setup: 'nothing' }).repro.setup).toBeUndefined();
  expect(contractOf(node(), '', { setup: 'npm install --no-audit' }).repro.setup).toBe('npm install --no-audit');
  expect(questions(bare(), '').map(({ id }) => id)).not.toContain('setup');
  expect(questionOf('setup', bare()).default).toBe('nothing');
});

test('the advice recommends the metric that is proposed', () => {
  const primary = (found: Recon, domain: string) => questionOf('primary', found, { domain });
  for (const domain of ['custom', 'cli_startup', 'hook_latency']) {
    expect(primary(node(), domain).explain).toMatch(/^CPU time has several times less noise/);
    expect(primary(node(), domain).default).toMatch(/cpu_ms$/);
  }
  expect(primary(node(), 'build_time')).toMatchObject({ default: 'build_ms', explain: expect.stringMatching(/^Wall/) });
  const seen = { ...node(), sees_delay: true };
  expect(primary(seen, 'custom')).toMatchObject({
    default: 'undelayed_wall_ms',
    explain: expect.stringMatching(/^Undelayed/),
  });
});

test('the default is an installed profiler, and the list marks profilers that are not installed', () => {
  const question = questionOf('profiler', { ...node(), missing_profilers: ['clinic-flame', 'node-cpu-prof'] });
  expect(question.default).toBe('auto');
  const hints = Object.fromEntries(question.choices!.map(({ value, hint }) => [value, hint]));
  expect(hints['clinic-flame']).toMatch(/^not installed: npm install/);
  expect(hints['clinic-doctor']).toBeUndefined();
  expect(hints.auto).toContain('here clinic-doctor');
});

test('after another command is chosen, only the questions that depend on it are asked again', () => {
  const before = answered(node(), '', { threshold: '7' });
  const now = changed(before, 'repro', 'node other.mjs');
  expect(now).toMatchObject({ repro: 'node other.mjs', threshold: '7', domain: 'custom' });
  expect(questions(node(), '', now).map(({ id }) => id)).toEqual(['setup', 'primary', 'watchdogs']);
});

test('a number that the command reports is the default metric; the time of such a command gets a caution and is no watchdog', () => {
  const go = recon(folder({ 'go.mod': 'module x', 'a_test.go': 'func BenchmarkSort(b *testing.B) {\n}\n' }));
  const repro = go.scripts[0]!.command;
  const question = questionOf('primary', go, { repro });
  expect(question.default).toBe('Sort_ns');
  expect(question.choices!.find((c) => c.value === 'cpu_ms')!.hint).toContain('says nothing');
  expect(contractOf(go, '')).toMatchObject({
    repro: { build: 'go test -c -o perf-gate.test ./' },
    metrics: { primary: { unit: 'ns', source: { format: 'go-bench', file: 'perf-gate-bench.txt' } } },
  });
  expect(questionOf('watchdogs', go, { repro, primary: 'Sort_ns' }).choices!.map((c) => c.value)).toEqual([
    'peak_rss_mb',
  ]);
});

const text = questionsText(questions(recon('examples/slow-report'), 'make the report faster'));
const lines = text.split('\n');

test('the list of questions has the default of each first', () => {
  const asked = lines.filter((line) => /^\d+\. /.test(line));
  expect(asked.length).toBeGreaterThanOrEqual(6);
  for (const question of asked) expect(lines[lines.indexOf(question) + 1], question).toMatch(/^ {3}- .*\(default\)$/);
});

test('the list of questions has the commands of the repository', () => {
  expect(text).toMatch(
    /Which command reproduces the workload\?.*\n {3}- node report\.mjs: .* \(default\)\n {3}- node --test/,
  );
});

test('marks questions with any number of answers, and each default', () => {
  const [, guards = ''] = /What must hold[^\n]*\(any number\)\n([\s\S]*)$/.exec(text) ?? [];
  expect(guards.split('\n').map((line) => line.endsWith('(default)'))).toEqual([true, true, false]);
});
