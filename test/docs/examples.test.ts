import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute, perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';
import { blocks, pages, read } from './pages.ts';
import { pattern, steps } from './steps.ts';

const perfgate = perfGate();

const examples = pages
  .flatMap(blocks)
  .filter((block) => block.info === 'console' && block.text.includes('$ perf-gate '))
  .map((block) => ({ ...block, first: block.text.split('\n').find((l) => l.includes('perf-gate ')) }));

test.each(examples)('$page: $first', async (block) => {
  const repo = repository({});
  cpSync('examples/slow-report', repo.root, { recursive: true });
  repo.commit('the example');
  const path = programs({ 'perf-gate': `'${process.execPath}' '${perfgate.bin()}' "$@"` });
  const env = { ...perfgate.env(), PATH: `${path}${delimiter}${process.env.PATH}` };
  for (const { command, expected } of steps(block)) {
    const { stdout } = await execute('/bin/sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: repo.root, env });
    expect(stdout, command).toMatch(pattern(expected));
  }
});

test('the pages have executed examples, and a wrong output is noticed', () => {
  expect(examples.length).toBeGreaterThan(2);
  expect('one\ntwo\nthree\n').toMatch(pattern('one\n…\nth…e'));
  expect('one\ntwo\n').not.toMatch(pattern('one\nthree'));
  expect('something\n').not.toMatch(pattern(''));
});

test('docs/json.md shows all fields that a run prints', async () => {
  const block = blocks('docs/json.md').find((b) => b.info === 'json run')!;
  const repo = countingProject({ limits: { max_attempts: 1 } });
  const real = await perfgate.json(
    repo.root,
    'start',
    'faster',
    '--contract',
    'c.yaml',
    '--yes',
    '--fix-command',
    halve,
  );
  const { code, ...printed } = real;
  expect(code).toBe(0);
  const shown = JSON.parse(block.text);
  const { watchdogs: _, ...attempt } = printed.attempts[0]!;
  const { watchdogs: __, ...shownAttempt } = shown.attempts[0];
  expect(keys(shown)).toEqual(keys(printed));
  expect(keys(shownAttempt)).toEqual(keys(attempt));
  expect(keys(shownAttempt.primary)).toEqual(keys(attempt.primary!));
  expect(keys(shown.total)).toEqual(keys(printed.total!));
});

test('docs/json.md names all fields that a comparison prints', async () => {
  const block = blocks('docs/json.md').find((b) => b.info === 'json commits')!;
  const repo = countingProject();
  repo.write('work.sh', repo.read('work.sh').replace('100', '50'));
  repo.commit('half the work');
  const { code, ...printed } = await perfgate.json(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  expect(code).toBe(0);
  const [, more = ''] = /^## A comparison\n([\s\S]*?)```/m.exec(read('docs/json.md')) ?? [];
  const named = [...more.matchAll(/`([a-z_]+)`/g)].map((m) => m[1]!).filter((name) => name !== 'compare');
  expect([...keys(JSON.parse(block.text)), ...named].sort()).toEqual(keys(printed));
});

test.each([
  ['no-worse', 'held'],
  ['gate', 'accepted'],
])('the step of docs/ci.md that judges (%s) gives a summary and the exit code of the verdict', async (name, word) => {
  const workflows = blocks('docs/ci.md').filter((b) => b.info === 'yaml');
  const job = workflows.map(({ text }) => parse(text).jobs[name]).find(Boolean);
  const step = job.steps.find((s: { run?: string }) => s.run?.includes('perf-gate compare'));
  const repo = countingProject();
  repo.write('perf-gate.yaml', repo.read('c.yaml'));
  repo.commit('the contract');
  repo.write('work.sh', repo.read('work.sh').replace('100', '50'));
  repo.commit('half the work');
  const path = programs({ npx: '"$@"', 'perf-gate': `'${process.execPath}' '${perfgate.bin()}' "$@"` });
  const summary = join(path, 'summary.md');
  const env = { ...perfgate.env(), PATH: path + delimiter + process.env.PATH, BASE: 'HEAD~1', RUNNER_TEMP: path };
  const { code } = await execute('/bin/sh', ['-ec', step.run], {
    cwd: repo.root,
    env: { ...env, GITHUB_STEP_SUMMARY: summary },
  });
  expect({ code, text: readFileSync(summary, 'utf8') }).toEqual({ code: 0, text: expect.stringContaining(word) });
});

/** Makes a folder with one-line programs, for the beginning of the PATH. */
function programs(lines: Record<string, string>): string {
  const path = temporaryFolder('perf-gate-bin-');
  for (const [name, line] of Object.entries(lines)) {
    writeFileSync(join(path, name), `#!/bin/sh\nexec ${line}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return path;
}

const keys = (value: object) => Object.keys(value).sort();
