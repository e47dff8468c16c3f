import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tracked } from './project.ts';
import { artifactOf, at, cutAfter, runFolder, setting } from './setting.ts';

const { project: made, start, run } = setting();

const one = tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 1');
const useless = `echo '# slower to read' >> work.sh; echo more >> 'todo list.txt'; mkdir -p more; echo x > more/x.txt\n`;

it('a commit that was made but not recorded is found, and no second one is made', async () => {
  const project = made({ 'perf-gate.yaml': one });
  expect(await start(project)).toMatchObject({ code: 0 });
  const tip = project.git('rev-parse', 'HEAD');
  cutAfter(project, 'intent commit attempt-1');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(project.git('rev-parse', 'HEAD')).toBe(tip);
  expect(project.git('status', '--porcelain')).toBe('?? "todo list.txt"');
  expect(artifactOf(project, 'verdict')).toMatch(/## Recovered\n\n- The run was interrupted during “commit attempt-1”/);
});

it('a revert that was half done is completed; what the user wrote since stays', async () => {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': useless });
  expect(await start(project)).toMatchObject({ code: 1 });
  const before = readFileSync(join(project.root, 'work.sh'), 'utf8');
  cutAfter(project, 'intent revert attempt-1');
  // One of three files was not yet taken back, and one was taken back and then edited by the user.
  writeFileSync(join(project.root, 'work.sh'), `${before}# slower to read\n`);
  appendFileSync(join(project.root, 'todo list.txt'), 'buy milk\n');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 1 });
  expect(readFileSync(join(project.root, 'work.sh'), 'utf8')).toBe(before);
  expect(readFileSync(join(project.root, 'todo list.txt'), 'utf8')).toMatch(/buy milk\n$/);
  expect(existsSync(join(project.root, 'more'))).toBe(false);
  const told = artifactOf(project, 'verdict');
  expect(told).toContain('The run was interrupted during “revert attempt-1”');
  expect(told).toContain('todo list.txt was changed after it was measured, and was left alone.');
});

it('samples that were taken are kept, a torn one is taken again, and the artifact says where the session went on', async () => {
  const project = made();
  const samples = () => {
    const file = join(runFolder(project), 'samples/03-baseline-aa-1.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  await start(project, { when: (records) => records.length > 0 && samples().split('\n').length > 4 });
  const taken = samples().slice(0, samples().lastIndexOf('\n') + 1);
  expect(taken.split('\n').length).toBeLessThan(11);
  appendFileSync(join(runFolder(project), 'samples/03-baseline-aa-1.jsonl'), '{"session":"03-base');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  const all = samples();
  expect(all.startsWith(taken)).toBe(true);
  const indexes = all
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { index: number }).index);
  expect(indexes).toEqual(indexes.map((_, i) => i));
  expect(artifactOf(project, 'baseline')).toContain(
    `interrupted after ${taken.split('\n').length - 1} of its executions`,
  );
});

it('a torn last line of the journal never counted, and is cut off', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('baseline 3 measured'));
  const file = join(runFolder(project), 'journal.jsonl');
  appendFileSync(file, '{"seq":7,"at":"2026-');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(lines.map((_, i) => i + 1));
});

it('a start that was killed before its first record is swept away by the next, with its snapshot', async () => {
  const project = made({ 'perf-gate.yaml': one });
  const lost = join(project.root, '.perf-gate/runs/20200101-0000-lost');
  mkdirSync(lost, { recursive: true });
  writeFileSync(join(lost, '.journal.jsonl.4194305.0123abcd.tmp'), '{"seq":1');
  project.git('update-ref', 'refs/perf-gate/20200101-0000-lost/base', 'HEAD');
  project.git('update-ref', 'refs/perf-gate/20200101-0000-elsewhere/base', 'HEAD'); // a run of another work tree
  expect(await start(project)).toMatchObject({ code: 0 });
  expect(existsSync(lost)).toBe(false);
  const kept = project.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/20200101*/*').split('\n');
  expect(kept).toEqual(['refs/perf-gate/20200101-0000-elsewhere/base']);
});

it('a git that was killed leaves its lock: the run stops and names it, and goes on when it is removed', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('remeasure 7 measured'));
  const lock = join(project.root, '.git/index.lock');
  writeFileSync(lock, '');
  const stopped = await run(project, 'resume', '--json');
  expect(stopped).toMatchObject({ code: 3, stdout: expect.stringContaining('index_locked') });
  expect(stopped.stdout).toContain(lock);
  rmSync(lock);
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(project.git('log', '--format=%s', 'main..HEAD')).toBe('perf: first: 50 % less work');
  expect(project.git('status', '--porcelain')).toBe('?? "todo list.txt"');
});

it('a lock of a killed git that no later step needs is told of and left', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('done commit attempt-1'));
  const lock = join(project.root, '.git/index.lock');
  writeFileSync(lock, '');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0, stderr: expect.stringContaining(lock) });
  expect(existsSync(lock)).toBe(true);
  expect(artifactOf(project, 'verdict')).toContain(`${lock} is there`);
});
