import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { at, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Ended = {
  run: string;
  outcome: string;
  attempts: { primary: { candidate: number }; not_in_a_clone?: { what: string; paths: string[]; count: number }[] }[];
};

const start = (repo: TestRepository, fix: string) =>
  perfgate.json<Ended>(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);

/** What the benchmark counts in a fresh clone of the branch; NaN where it does not run there. */
function stepsInClone(repo: TestRepository): number {
  const dir = join(temporaryFolder(), 'clone');
  at(repo.root).git('clone', '--quiet', repo.root, dir);
  try {
    const said = execFileSync('sh', ['bench.sh'], { cwd: dir, encoding: 'utf8', stdio: 'pipe' });
    return Number(/METRIC steps=(\d+)/.exec(said)?.[1]);
  } catch {
    return Number.NaN;
  }
}

const source = (file: string) => `test ! -e ${file} || . ./${file}`;
const uses = (file: string) => `echo '${source(file)}' >> work.sh`;

type Attack = [how: string, what: string, prepare: (repo: TestRepository) => void, fix: string];

it.each<Attack>([
  [
    'a filter that only this repository knows halves the work',
    'filter',
    (repo) => repo.git('config', 'filter.half.smudge', 'sed s/100/50/'),
    'echo "work.sh filter=half" > .gitattributes; echo "# x" >> work.sh',
  ],
  [
    'a filter of the project is a script, which the fix edits',
    'filter',
    (repo) => {
      repo.write('.gitattributes', 'work.sh filter=own\n');
      repo.write('smudge.sh', 'cat\n');
      repo.commit('a filter');
      repo.git('config', 'filter.own.smudge', `sh ${repo.root}/smudge.sh`);
    },
    'echo "sed /fast/,/fast/s/100/50/" > smudge.sh; sed -i "s/=100/=100 # fast/" work.sh',
  ],
  [
    'the gain lies in a file that git does not track',
    'untracked_changed',
    (repo) => {
      repo.write('work.sh', `STEPS=100\nANSWER=42\n${source('more.sh')}\n`);
      repo.commit('more');
      repo.write('more.sh', 'STEPS=100\n');
    },
    'echo STEPS=50 > more.sh',
  ],
  [
    'the answer lies in files that are untracked, ignored, of another repository, and hidden from git',
    'ignored bytes repository untracked',
    (repo) => {
      repo.write('.gitignore', 'cached/\n');
      repo.write('hidden.sh', 'STEPS=100\n');
      repo.commit('ignore');
      repo.git('init', '--quiet', 'own');
      repo.write('own/more.sh', 'STEPS=50\n');
      const identity = ['-c', 'user.name=n', '-c', 'user.email=e'];
      for (const args of [
        ['add', '.'],
        [...identity, 'commit', '--quiet', '-m', 'own'],
      ])
        repo.git('-C', 'own', ...args);
      repo.git('update-index', '--assume-unchanged', 'hidden.sh');
      for (const path of ['cached/more.sh', 'hidden.sh', 'more.sh']) repo.write(path, 'STEPS=50\n');
    },
    ['more.sh', 'cached/more.sh', 'own/more.sh', 'hidden.sh'].map(uses).join('; '),
  ],
])('names files that a fresh clone of the commit lacks: %s', async (_, what, prepare, fix) => {
  const repo = countingProject();
  prepare(repo);
  const ended = await start(repo, fix);
  expect(ended).toMatchObject({ outcome: 'accepted', attempts: [{ primary: { candidate: 50 } }] });
  expect(stepsInClone(repo)).toBe(100);
  const named = ended.attempts[0]!.not_in_a_clone!;
  expect(named.map((apart) => apart.what)).toEqual(expect.arrayContaining(what.split(' ')));
  const verdict = repo.read(`.perf-gate/runs/${ended.run}/07-verdict.md`);
  for (const { paths } of named) for (const path of paths) expect(verdict).toContain(path);
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0, findings: [] });
});

it('does not measure a new file that the fix itself makes git ignore', async () => {
  const repo = countingProject();
  const ended = await start(repo, `echo more.sh > .gitignore; echo STEPS=50 > more.sh; ${uses('more.sh')}`);
  expect(ended).toMatchObject({ outcome: 'rejected', attempts: [{ primary: { candidate: 100 } }] });
});

it('names nothing if a fresh clone has the same files, and warns in the terminal if it does not', async () => {
  const repo = countingProject();
  const args = ['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', 'echo STEPS=50 >> work.sh'];
  const honest = await perfgate.run(repo.root, ...args);
  expect(honest.stdout + honest.stderr).not.toMatch(/clone/);
  expect(stepsInClone(repo)).toBe(50);
  repo.write('notes.txt', 'mine\n');
  repo.write('work.sh', 'STEPS=100\nANSWER=42\n');
  repo.commit('as before');
  repo.git('rm', '--quiet', '--cached', 'notes.txt');
  repo.git('commit', '--quiet', '-m', 'untracked');
  const told = await perfgate.run(repo.root, ...args);
  expect(told.stdout + told.stderr).toMatch(/both arms hold 1 file that git does not track .*: notes\.txt/);
});
