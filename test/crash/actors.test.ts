import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tracked } from './project.ts';
import { journalOf } from './run.ts';
import { artifactOf, at, setting } from './setting.ts';

const { project: made, start, run, killed } = setting();

const one = tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 1');
const slow = `sed -i s/WORK=100/WORK=50/ work.sh
git commit --quiet --all --message 'of the actor'
sleep 1
echo late >> src/deep/part.txt
`;

it('a fix command that loses its perf-gate ends too: it does not go on editing', async () => {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': slow });
  await start(project, { when: () => existsSync(join(project.root, '.git/refs/heads/perf-gate')) && edited(project) });
  await sleep(1500);
  expect(readFileSync(join(project.root, 'src/deep/part.txt'), 'utf8')).toBe('one\n');
});

it('what an unfinished fix command edited and committed is kept and taken back, and the command begins again', async () => {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': slow });
  // The commit is made; the command waits before its second edit.
  await start(project, { when: () => project.git('log', '-1', '--format=%s') === 'of the actor' });
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  const ref = project.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/*/kept/*');
  expect(project.git('show', `${ref}:work.sh`)).toContain('WORK=50');
  expect(project.git('show', `${ref}:src/deep/part.txt`)).toBe('one');
  expect(project.git('log', '--format=%s', 'main..HEAD').split('\n')).toEqual([
    'perf: first: 50 % less work',
    'of the actor',
    'perf-gate: undo commits made during an attempt',
    'of the actor',
  ]);
  const told = artifactOf(project, 'fix');
  expect(told).toContain('The command of the stage fix was stopped before its end, and run again from the start.');
  expect(told).toContain(`they are kept as \`${ref}\``);
});

it('a command that had answered is not asked again', async () => {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': `echo called >> cache/calls\n${tracked['fix.sh']}` });
  await start(project, at('done command fix-6-1'));
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(readFileSync(join(project.root, 'cache/calls'), 'utf8')).toBe('called\n');
});

it('a command that failed is run again on what it left, because a person has seen it and may have mended it', async () => {
  const project = made({
    'perf-gate.yaml': one,
    'fix.sh': 'test -e mended.env || { echo half >> work.sh; exit 3; }\n',
  });
  expect(await start(project)).toMatchObject({ code: 3 });
  writeFileSync(join(project.root, 'work.sh'), 'WORK=50\nANSWER=42\n');
  writeFileSync(join(project.root, 'mended.env'), '');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(project.git('show', 'HEAD:work.sh')).toBe('WORK=50\nANSWER=42');
});

it('an abort that was killed is completed by resume, and the edits are kept whole', async () => {
  const project = made();
  const manual = ['start', 'by hand', '--contract', 'perf-gate.yaml', '--yes', '--json'];
  expect(await run(project, ...manual)).toMatchObject({ code: 0 });
  writeFileSync(join(project.root, 'work.sh'), 'WORK=7\nANSWER=42\n');
  writeFileSync(join(project.root, 'a file.txt'), 'edited\n');
  await killed(project, at('intent take-back aborted'), 'abort');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 130 });
  const ref = project.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/*/kept/*');
  expect(project.git('show', `${ref}:work.sh`)).toContain('WORK=7');
  expect(project.git('show', `${ref}:a file.txt`)).toBe('edited');
  expect(project.git('status', '--porcelain')).toBe('?? "todo list.txt"');
  expect(project.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 2 });
});

it('an undo that was killed is completed before the run goes on', async () => {
  const project = made();
  await run(project, 'start', 'by hand', '--contract', 'perf-gate.yaml', '--yes', '--json');
  writeFileSync(join(project.root, 'work.sh'), 'WORK=50\nANSWER=42\n');
  expect(await run(project, 'submit')).toMatchObject({ code: 0 });
  expect(await run(project, 'next')).toMatchObject({ code: 0 });
  expect(project.git('show', 'HEAD:work.sh')).toContain('WORK=50');
  await killed(project, at('intent undo attempt-1'), 'undo', '1');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  expect(project.git('show', 'HEAD:work.sh')).toContain('WORK=100');
  expect(readFileSync(join(project.root, 'work.sh'), 'utf8')).toContain('WORK=100');
  expect(project.git('log', '--format=%(trailers:key=Perf-Gate-Undo,valueonly)', 'main..HEAD').trim()).toBe('1');
});

it('--yes approves on the machine where it was given: elsewhere a start that was killed waits for a person', async () => {
  const project = made();
  await start(project, at('run_started'));
  const elsewhere = { ...project, env: { ...project.env, XDG_STATE_HOME: join(project.home, 'another machine') } };
  const resumed = await run(elsewhere, 'resume', '--json');
  expect(JSON.parse(resumed.stdout)).toMatchObject({ stage: 'scoping', waiting: { stage: 'scoping' } });
  expect(journalOf(project).some((r) => r.type === 'transition' && r.result === 'approved')).toBe(false);
});

function edited({ root }: { root: string }): boolean {
  return readFileSync(join(root, 'work.sh'), 'utf8').includes('WORK=50');
}
