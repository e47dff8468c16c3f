import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Project, tracked } from './project.ts';
import { artifactOf, at, setting } from './setting.ts';

const { project: made, start, run } = setting();

/** The first try edits three files and waits; the second does the work. */
const fix = `if test -e cache/tried; then ${'sed -i s/WORK=100/WORK=50/ work.sh'}; exit; fi
mkdir -p cache && echo > cache/tried
echo '# half of a fix' >> work.sh
echo by the fix > by-the-fix.txt
rm link
echo done > cache/edited
sleep 20
`;
const one = tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 1');

/** A run whose perf-gate was killed while its fix command waited in the middle of its edits. */
async function killedWhileFixing(): Promise<Project> {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': fix });
  await start(project, { when: () => existsSync(join(project.root, 'cache/edited')) });
  await sleep(500); // the guard ends the command
  return project;
}

const read = ({ root }: Project, path: string) => readFileSync(join(root, path), 'utf8');
const write = ({ root }: Project, path: string, text: string) => writeFileSync(join(root, path), text);
const keptRefs = (project: Project) => project.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/*/kept/*');

/** What a person does after the crash: a new file, an edit of a tracked and of an untracked file, a removal. */
function workOn(project: Project) {
  write(project, 'mine.txt', 'new work\n');
  write(project, 'a file.txt', 'edited by a person\n');
  write(project, 'todo list.txt', 'edited by a person too\n');
  rmSync(join(project.root, 'src/deep/part.txt'));
}
function workIsThere(project: Project) {
  expect(read(project, 'mine.txt')).toBe('new work\n');
  expect(read(project, 'a file.txt')).toBe('edited by a person\n');
  expect(read(project, 'todo list.txt')).toBe('edited by a person too\n');
}

it.each(['resume', 'next'])(
  'edits of a person after the fix command had died stay when `%s` continues the run',
  async (command) => {
    const project = await killedWhileFixing();
    workOn(project);
    expect(await run(project, command, '--json')).toMatchObject({ code: 0 });
    workIsThere(project);
    expect(existsSync(join(project.root, 'by-the-fix.txt'))).toBe(false);
    // Nothing says who removed a file: it is back, and that is told.
    expect(lstatSync(join(project.root, 'link')).isSymbolicLink()).toBe(true);
    expect(read(project, 'src/deep/part.txt')).toBe('one\n');
    expect(project.git('show', 'HEAD:work.sh')).toBe('WORK=50\nANSWER=42');
    expect(project.git('diff', '--name-only', 'main..HEAD', '--', ':!.perf-gate')).toBe('work.sh');
    expect(artifactOf(project, 'fix')).toContain(
      'mine.txt was changed after the command had ended, so the change counts as yours and stays.',
    );
    expect(artifactOf(project, 'fix')).toContain('src/deep/part.txt had been removed and was restored.');
  },
);

it('an abort reverts only the edits of the dead command, and gc removes the kept edits only on request', async () => {
  const project = await killedWhileFixing();
  workOn(project);
  expect(await run(project, 'abort', '--json')).toMatchObject({ code: 0 });
  workIsThere(project);
  expect(read(project, 'work.sh')).toBe(tracked['work.sh']);
  const ref = keptRefs(project);
  expect(project.git('show', `${ref}:by-the-fix.txt`)).toBe('by the fix');
  const gc = async (...more: string[]) =>
    JSON.parse((await run(project, 'gc', '--keep', '0', '--json', ...more)).stdout);
  expect(await gc()).toMatchObject({ dropped: [expect.any(String)], kept: 1 });
  expect(keptRefs(project)).toBe(ref);
  expect(await gc('--kept')).toMatchObject({ kept: 0 });
  expect(keptRefs(project)).toBe('');
});

it('a file that the command and then a person edited stays as the person left it', async () => {
  const project = await killedWhileFixing();
  write(project, 'work.sh', `${read(project, 'work.sh')}# and a person's line\n`);
  expect(await run(project, 'abort', '--json')).toMatchObject({ code: 0 });
  expect(read(project, 'work.sh')).toBe(`${tracked['work.sh']}# half of a fix\n# and a person's line\n`);
});

it('a commit that a person makes after the crash stays, and the run ends', async () => {
  const project = await killedWhileFixing();
  await sleep(1100); // commits have whole seconds
  write(project, 'mine.txt', 'new work\n');
  project.git('add', 'mine.txt');
  project.git('commit', '--quiet', '--message', 'of a person');
  const mine = project.git('rev-parse', 'HEAD');
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 3 });
  expect(project.git('rev-parse', 'HEAD')).toBe(mine);
  expect(read(project, 'mine.txt')).toBe('new work\n');
});

it('edits of a person after the command had answered are not part of the attempt', async () => {
  const project = made({ 'perf-gate.yaml': one, 'fix.sh': 'sed -i s/WORK=100/WORK=50/ work.sh\n' });
  await start(project, at('done command fix-6-1'));
  workOn(project);
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
  workIsThere(project);
  expect(existsSync(join(project.root, 'src/deep/part.txt'))).toBe(false);
  expect(project.git('diff', '--name-only', 'main..HEAD', '--', ':!.perf-gate')).toBe('work.sh');
});
