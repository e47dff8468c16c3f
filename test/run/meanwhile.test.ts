import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { at, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

/** A fix that is measured and brings nothing. */
const vain = 'echo "# attempt $PERF_GATE_ATTEMPT" >> work.sh';

/**
 * A run with one fix, during whose measurement the user does something: the correctness command, which runs then and in no other
 * stage once the fix has begun, does it on the user's behalf.
 */
async function whileMeasured(user: string, { fix = halve, attempts = 1, dirty = false } = {}) {
  const places = at(temporaryFolder());
  const armed = join(places.root, 'armed');
  places.write('user.sh', `cd "$1"\n${user}\n`);
  const repo = countingProject(
    { limits: { max_attempts: attempts } },
    { '.gitignore': '*.log\n', 'mine.txt': 'one\n' },
  );
  const correctness = `test ! -e ${armed} || { rm ${armed}; sh ${places.root}/user.sh ${repo.root}; }`;
  repo.write(
    'c.yaml',
    repo
      .read('c.yaml')
      .replace('same_output: true', `same_output: true\n  correctness: ${JSON.stringify(correctness)}`),
  );
  repo.commit('a user at work');
  if (dirty) repo.write('mine.txt', 'not committed\n');
  const done = join(places.root, 'done');
  const begun = `test -e ${done} || touch ${done} ${armed}`;
  const ended = await perfgate.json(
    repo.root,
    ...['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', `${begun}; ${fix}`],
    ...(dirty ? ['--include-dirty'] : []),
  );
  return { repo, ended };
}

const work = (repo: TestRepository) => repo.git('status', '--porcelain', '--untracked-files=all').split('\n');
const edits = 'echo two > mine.txt; echo new > new.txt; echo log > x.log';

it('keeps edits of the user out of an accepted change', async () => {
  const { repo, ended } = await whileMeasured(edits);
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted', total: { improvement_pct: 50 } });
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('work.sh');
  expect(work(repo)).toEqual([' M mine.txt', '?? new.txt']);
  expect([repo.read('mine.txt'), repo.read('new.txt'), repo.read('x.log')]).toEqual(['two\n', 'new\n', 'log\n']);
});

it('keeps edits of the user when attempts are reverted', async () => {
  const { repo, ended } = await whileMeasured(edits, { fix: vain, attempts: 2 });
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['rejected', 'rejected']);
  expect(work(repo)).toEqual([' M mine.txt', '?? new.txt']);
  expect([repo.read('mine.txt'), repo.read('new.txt'), repo.read('x.log')]).toEqual(['two\n', 'new\n', 'log\n']);
  expect(
    repo.git(
      'diff',
      '--name-only',
      `refs/perf-gate/${ended.run}/attempts/2^`,
      `refs/perf-gate/${ended.run}/attempts/2`,
    ),
  ).toBe('work.sh');
});

it('does not count edits of the user in the total, even if they would be faster', async () => {
  const fix =
    'grep -q extra work.sh && exit 10; printf "STEPS=50\\nANSWER=42\\ntest ! -e extra.sh || . ./extra.sh\\n" > work.sh';
  const { repo, ended } = await whileMeasured('echo STEPS=1 > extra.sh', { fix, attempts: 2 });
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted', total: { improvement_pct: 50 } });
  expect(repo.read('extra.sh')).toBe('STEPS=1\n');
  expect(repo.git('for-each-ref', '--format=%(refname)')).toContain('/bases/taken-in-');
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0 });
});

it('does not revert a file that the user edits after the fix, and skips a fix that could not be committed alone', async () => {
  const { repo, ended } = await whileMeasured('echo "# mine" >> work.sh', { fix: vain, attempts: 2 });
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['rejected']);
  expect(repo.read('work.sh')).toMatch(/# attempt 1\n# mine\n$/);
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('');
  const story = Object.keys(repo.files())
    .filter((path) => /-(fix|verdict)\.md$/.test(path))
    .map((path) => repo.read(path))
    .join('\n');
  expect(story).toContain('work.sh was changed after the measurement, so perf-gate did not revert it');
  expect(story).toContain('another person or process changed work.sh while perf-gate was working');
});

it('names the edits that are part of the base, if a fix changes no file', async () => {
  const first = `test $PERF_GATE_ATTEMPT = 2 || ${vain}`;
  const { repo, ended } = await whileMeasured('echo two > mine.txt', { fix: first, attempts: 2 });
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['rejected']);
  const fixes = Object.keys(repo.files()).filter((path) => path.endsWith('-fix.md'));
  expect(repo.read(fixes.at(-1)!)).toContain('changed no file: the base already has the uncommitted edits of mine.txt');
});

it('commits the measured version, even if the user edits the same file', async () => {
  const { repo, ended } = await whileMeasured('echo "# mine" >> work.sh');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(repo.git('show', 'HEAD:work.sh')).toBe('STEPS=50\nANSWER=42');
  expect(repo.read('work.sh')).toBe('STEPS=50\nANSWER=42\n# mine\n');
  const verdict = Object.keys(repo.files()).find((path) => path.endsWith('-verdict.md'))!;
  expect(repo.read(verdict)).toContain('work.sh was changed after the measurement');
});

it.each([
  ['accepted', halve],
  ['rejected', vain],
])('names a file that the user stashed during the measurement, of an attempt that is %s', async (outcome, fix) => {
  const { repo, ended } = await whileMeasured('git stash --quiet', { fix });
  expect(ended).toMatchObject({ outcome });
  expect(repo.read('work.sh')).toBe('STEPS=100\nANSWER=42\n');
  expect(repo.git('stash', 'list')).toContain('stash@{0}');
  const story = Object.entries(repo.files()).filter(([path]) => path.endsWith('-verdict.md'));
  expect(story.map(([, text]) => text).join()).toMatch(/work\.sh was restored \(by a stash or a checkout\)/);
});

it.each([
  ['accepted', halve],
  ['rejected', vain],
])('keeps changes that the user stages during the measurement, of an attempt that is %s', async (outcome, fix) => {
  const { repo, ended } = await whileMeasured('echo two > mine.txt; git add mine.txt work.sh; echo three > mine.txt', {
    fix,
  });
  expect(ended).toMatchObject({ outcome });
  expect(work(repo)).toEqual(['MM mine.txt']);
  expect([repo.git('show', ':mine.txt'), repo.read('mine.txt')]).toEqual(['two', 'three\n']);
});

/** A pull that brings a commit and no conflict. */
const pull =
  'git clone --quiet . ../up.$$; cd ../up.$$; echo 1 > up.txt; git add .; git -c user.name=n -c user.email=e commit --quiet -m up; cd "$1"; git pull --quiet --ff-only ../up.$$; rm -rf ../up.$$';

const branchMoved = /moved while perf-gate was measuring/;
const branchChanged = /Another branch is checked out/;
it.each<[what: string, user: string, fix: string, says: RegExp]>([
  ['commits', 'git commit --quiet --all --message mine', vain, branchMoved],
  ['commits what would be accepted', 'git commit --quiet --all --message mine', halve, branchMoved],
  ['rewrites the branch', 'git commit --quiet --amend --message mine', vain, branchMoved],
  ['checks out another branch', 'git checkout --quiet main', vain, branchChanged],
  ['leaves the branch before it gets a commit', 'git checkout --quiet --detach', halve, branchChanged],
  ['pulls', pull, vain, branchMoved],
])('stops for a person if the user %s during the measurement, and changes nothing', async (_, user, fix, says) => {
  const look = 'git status --porcelain > .perf-gate/local/status; git rev-parse HEAD > .perf-gate/local/head';
  const { repo, ended } = await whileMeasured(`${user}; ${look}`, { fix });
  expect(ended).toMatchObject({ code: 3, outcome: 'escalated' });
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.read('.perf-gate/local/head').trim());
  expect(repo.git('status', '--porcelain')).toBe(repo.read('.perf-gate/local/status').trimEnd());
  expect(repo.read('work.sh')).toBe(`${repo.git('show', `refs/perf-gate/${ended.run}/attempts/1:work.sh`)}\n`);
  expect(repo.read(`.perf-gate/runs/${ended.run}/report.md`)).toMatch(says);
});

it('names the commit with the included work when a person is needed', async () => {
  const { repo, ended } = await whileMeasured('git checkout --quiet main', { dirty: true });
  expect(ended).toMatchObject({ code: 3, outcome: 'escalated' });
  const [, commit, branch] = /kept as the commit (\w+) on (\S+?)[.)]/.exec(
    repo.read(`.perf-gate/runs/${ended.run}/report.md`),
  )!;
  expect(repo.git('show', `${commit}:mine.txt`)).toBe('not committed');
  expect(repo.git('merge-base', '--is-ancestor', commit!, branch!)).toBe('');
});
