import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tracked } from './project.ts';
import { artifactOf, at, cutAfter, runFolder, setting } from './setting.ts';
import { settings } from './settings.ts';

const { project: made, start, run, killed } = setting();

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

it('a half-done revert is completed; later edits of the user stay', async () => {
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
  expect(told).toContain('todo list.txt was changed after the measurement, so perf-gate did not revert it.');
});

it('complete samples are kept, an incomplete one is taken again, and the artifact says where the session continued', async () => {
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

it('an incomplete last line of the journal has no effect, and is removed', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('baseline 3 measured'));
  const file = join(runFolder(project), 'journal.jsonl');
  appendFileSync(file, '{"seq":7,"at":"2026-');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(lines.map((_, i) => i + 1));
  expect(artifactOf(project, '03-profile')).toContain('The last line of the journal was incomplete');
});

it('a half-written file is removed, and the artifact names it, even if its process id now belongs to another process', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('baseline 3 measured'));
  const half = join(runFolder(project), `.run.md.${process.pid}.0123abcd.tmp`);
  writeFileSync(half, '---\nrun:');
  const lock = join(project.root, '.perf-gate/local/lock');
  const holder = JSON.parse(readFileSync(lock, 'utf8')) as object;
  writeFileSync(lock, JSON.stringify({ ...holder, pid: process.pid })); // the test lives, and was started at another time
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(existsSync(half)).toBe(false);
  const told = artifactOf(project, '03-profile');
  expect(told).toMatch(/`perf-gate start .*` was killed in the stage profile/);
  expect(told).toContain(`${half.slice(project.root.length + 1)} was half-written and is removed.`);
});

it('resume and verify name a damaged sample, and nothing is judged', async () => {
  const project = made({ 'perf-gate.yaml': one.replace('profiler:', 'order: sequential\nprofiler:') });
  await start(project, at('hotspots 5 proposed'));
  const file = join(runFolder(project), 'samples/03-baseline-aa-1.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [lines[0], lines[1]!.slice(0, 40), ...lines.slice(2)].join('\n'));
  const stopped = await run(project, 'resume', '--json');
  expect(stopped).toMatchObject({ code: 3, stdout: expect.stringContaining('samples_damaged') });
  expect(stopped.stdout).toContain(`The sample in line 2 of ${file}`);
  expect(await run(project, 'verify')).toMatchObject({ code: 1, stdout: expect.stringContaining('aa-1.jsonl:2') });
  writeFileSync(file, lines.join('\n'));
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
});

it('a missing sample in the middle of a session is named before the session continues', async () => {
  const project = made({ 'perf-gate.yaml': one });
  await start(project, at('baseline 3 measured'));
  cutAfter(project, 'scoping 2 approved');
  const file = join(runFolder(project), 'samples/03-baseline-aa-1.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').split('\n').toSpliced(2, 1).join('\n'));
  const stopped = await run(project, 'resume', '--json');
  expect(stopped).toMatchObject({ code: 3, stdout: expect.stringContaining(`The sample in line 3 of ${file}`) });
});

it('an abort after a killed start completes the start first, so that branch and index are restored', async () => {
  const { change, work, args } = settings['the user’s work included']!;
  const project = made(change);
  work!(project);
  const before = [project.git('ls-files', '--stage'), project.git('status', '--porcelain')];
  await killed(project, at('intent branch start'), ...args);
  expect(await run(project, 'abort')).toMatchObject({ code: 0 });
  expect(project.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  expect([project.git('ls-files', '--stage'), project.git('status', '--porcelain')]).toEqual(before);
});

it('the next start removes one that was killed before its first record, with its snapshot', async () => {
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

it('a killed git leaves its lock: the run stops, names it, and continues once it is removed', async () => {
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

it.each(['index.lock', 'HEAD.lock'])(
  'a lock of a killed git that no later step needs is reported and left: %s',
  async (name) => {
    const project = made({ 'perf-gate.yaml': one });
    await start(project, at('done commit attempt-1'));
    const lock = join(project.root, '.git', name);
    writeFileSync(lock, '');
    expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0, stderr: expect.stringContaining(lock) });
    expect(existsSync(lock)).toBe(true);
    expect(artifactOf(project, 'verdict')).toContain(`${lock} exists`);
  },
);
