import { afterEach, expect, it, vi } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, halve, sampled } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

const guards = { protected: ['bench.sh', 'data/**', 'test/**', 'config.env'], correctness: 'sh test/check.sh' };
const files = {
  'data/input.txt': '1\n2\n3\n4\n5\n',
  'config.env': 'ITERATIONS=100\n',
  'test/check.sh': '. ./work.sh; test $ANSWER = 42\n',
  'work.sh': '. ./config.env\nSTEPS=$ITERATIONS\nANSWER=42\ntest ! -e cached/answer || STEPS=1\n',
  '.gitignore': 'cached/\n',
  'package.json': JSON.stringify({ scripts: { test: 'sh check.sh' } }),
  'check.sh': '. ./work.sh; test $ANSWER = 42\n',
  'prepare.sh': 'true\n',
};

const start = (repo: TestRepository, fix: string) =>
  perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);

/** Nothing is protected by name. */
const ofNobody = {
  repro: { before_each: 'sh prepare.sh' },
  guards: { correctness: 'npm test --silent', protected: [] },
};

type Cheat = [how: string, fix: string, reason: RegExp, change?: ContractChange];

it.each<Cheat>([
  ['editing the benchmark', 'sed -i "s/METRIC steps=.*/METRIC steps=1\\"/" bench.sh', /^protected_path: .*bench\.sh/],
  ['editing its data', 'echo 1 > data/input.txt', /^protected_path: .*data\/input\.txt/],
  ['adding data', 'echo 1 > data/more.txt', /^protected_path: .*data\/more\.txt/],
  ['editing the tests', `${halve}; echo true > test/check.sh`, /^protected_path: .*test\/check\.sh/],
  ['deleting the tests', 'rm -r test', /^protected_path: .*test\/check\.sh/],
  ['lowering the number of iterations', 'sed -i s/100/10/ config.env', /^protected_path: .*config\.env/],
  [
    'putting a link in the place of a protected file',
    'echo ITERATIONS=1 > fast.env; ln -sf fast.env config.env',
    /^protected_path: .*config\.env/,
  ],
  [
    'committing the edit of a protected file',
    'sed -i s/100/10/ config.env; git commit -qam "faster"',
    /^protected_path: .*config\.env/,
  ],
  [
    'letting the tests end well, where package.json names them',
    `sed -i 's/sh check.sh/true/' package.json; sed -i 's/STEPS=.*/STEPS=1/' work.sh`,
    /^protected_path: .*package\.json.*by default/,
    ofNobody,
  ],
  [
    'editing a script that prepares each execution',
    'echo STEPS=1 > prepare.sh',
    /^protected_path: .*prepare/,
    ofNobody,
  ],
  ['bringing settings for the tests', 'echo ignore-scripts=true > .npmrc', /^protected_path: .*\.npmrc/, ofNobody],
  [
    'leaving work out',
    "sed -i 's/STEPS=.*/STEPS=1/; s/ANSWER=42/ANSWER=/' work.sh",
    /^(correctness_failed|output_differs): /,
  ],
  [
    'leaving work out where no test looks',
    "sed -i 's/STEPS=.*/STEPS=1/; s/ANSWER=42/ANSWER=041/' work.sh",
    /^output_differs: /,
    { guards: { ...guards, correctness: 'true' } },
  ],
  [
    'leaving the work to a background process',
    `sed -i 's/STEPS=.*/STEPS=1/' work.sh; echo 'sleep 30 &' >> work.sh`,
    /^candidate_failed: .*background process/,
    { guards: { ...guards, correctness: 'true' } },
  ],
  [
    'leaving the result in an ignored file',
    'mkdir cached; touch cached/answer; echo "# x" >> work.sh',
    /^below_threshold: /,
  ],
  [
    'asking whether it is measured',
    'echo \'test -z "$PERF_GATE_RUN$PERF_GATE_STAGE$PERF_GATE_ARTIFACT" || STEPS=1\' >> work.sh',
    /^below_threshold: /,
  ],
  [
    'leaving the result in the caches of the user',
    `touch "$XDG_CACHE_HOME/answer" "$TMPDIR/answer"; ` +
      `echo 'for d in "$XDG_CACHE_HOME" "$TMPDIR"; do test ! -e "$d/answer" || STEPS=1; done' >> work.sh`,
    /^below_threshold: /,
  ],
  [
    'leaving the work to a daemon that the fix has started',
    `mkfifo "$OUT/answer"; setsid sh -c 'while :; do echo 1 > "$OUT/answer"; done' > /dev/null 2>&1 & ` +
      `echo 'n=$(timeout 0.3 cat "$OUT/answer"); STEPS=\${n:-$STEPS}' >> work.sh`,
    /^below_threshold: /,
  ],
  [
    'leaving the work to a daemon that its build has started',
    `echo 'setsid sleep 20 > /dev/null 2>&1 &' > make.sh; echo 'pkill -0 -f "sleep 20" && STEPS=1' >> work.sh`,
    /^left_behind: .*sleep/,
    { repro: { build: 'test ! -e make.sh || sh make.sh' }, guards: { ...guards, correctness: 'true' } },
  ],
  ['printing its own number', 'echo "echo METRIC steps=1" >> work.sh', /^candidate_failed: .*steps/],
  ['printing nothing', 'echo "exit 0" >> work.sh', /^candidate_failed: .*steps/],
])('rejects a fix that cheats by %s', async (_, fix, reason, change = {}) => {
  const own = temporaryFolder();
  for (const name of ['OUT', 'TMPDIR']) vi.stubEnv(name, own);
  const repo = countingProject({ guards, ...change }, files);
  const ended = await start(repo, fix);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [{ verdict: 'rejected', commit: null }] });
  expect(ended.attempts[0]!.reasons[0]).toMatch(reason);
  expect(repo.git('diff', 'main', 'HEAD')).toBe('');
});

it('stops at a protected file whose edit is hidden from git, and names it', async () => {
  const repo = countingProject({ guards }, files);
  const hide = 'git update-index --assume-unchanged config.env; echo ITERATIONS=1 > config.env';
  const stopped = await start(repo, `${hide}; echo "# x" >> work.sh`);
  expect(stopped).toMatchObject({
    code: 3,
    error: { code: 'contract_changed', message: expect.stringMatching(/config\.env/) },
  });
  const { attempts } = await perfgate.json(repo.root, 'status');
  expect(attempts).toMatchObject([
    { verdict: 'rejected', reasons: [expect.stringMatching(/^protected_path: .*config\.env/)] },
  ]);
});

it.each([
  [
    'a filter that makes less of what is checked out',
    `git config filter.half.smudge 'sed s/100/50/'; echo '*.sh filter=half' > .git/info/attributes`,
    ['filter.half.smudge', 'info/attributes'],
  ],
  ['a hook', 'echo true > .git/hooks/post-checkout', ['hooks/post-checkout']],
  ['a file that the index hides', 'git update-index --skip-worktree other.txt', ['the index hides other.txt']],
])('stops if a fix left %s in git’s settings, and names it', async (_, cheat, settings) => {
  const repo = countingProject();
  const stopped = await start(repo, `${cheat}; echo "# x" >> work.sh`);
  expect(stopped).toMatchObject({ code: 3, error: { code: 'git_settings_changed' } });
  const { attempts } = await perfgate.json(repo.root, 'status');
  const reason = `git_settings_changed: the fix changed git settings: ${settings.join(', ')}`;
  expect(attempts).toMatchObject([{ verdict: 'rejected', reasons: [reason] }]);
  expect((await perfgate.run(repo.root, 'abort')).code).toBe(0);
});

it('does not accept a fix that slows the base from outside of the project', async () => {
  vi.stubEnv('OUT', temporaryFolder());
  const program = 'STEPS=100\nANSWER=42\ntest ! -e "$OUT/steps" || . "$OUT/steps"\n';
  const repo = countingProject({ guards: { correctness: 'true' } }, { 'work.sh': program });
  const ended = await start(repo, `echo STEPS=200 > "$OUT/steps"; sed -i /OUT/d work.sh`);
  expect(ended).toMatchObject({
    code: 4,
    outcome: 'inconclusive',
    attempts: [{ verdict: 'inconclusive', commit: null }],
  });
  expect(ended.attempts[0]!.reasons[0]).toMatch(
    /^base_moved: .*: 100 steps before and 200 steps in the session with this change/,
  );
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0 });
});

it('does not accept a fix that is fast in only one of the two folders', async () => {
  const repo = countingProject({ metrics: { primary: sampled } });
  const ended = await start(repo, `echo 'case $PWD in */b) STEPS=50;; esac' >> work.sh`);
  expect(ended.outcome).not.toBe('accepted');
});

it('judges by the approved contract, regardless of what a fix writes into the run’s folder, and verify reports it', async () => {
  const weaker =
    "sed -i 's/pct_min: 20/pct_min: 1/' .perf-gate/runs/*/01-scoping.md; sed -i 's/STEPS=.*/STEPS=95/' work.sh";
  const repo = countingProject();
  expect(await start(repo, weaker)).toMatchObject({ outcome: 'rejected' });
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({
    code: 1,
    findings: [
      { code: 'artifact_frontmatter', where: '01-scoping.md contract.threshold.pct_min', expected: 20, found: 1 },
    ],
  });
  const other = countingProject();
  const journal = weaker
    .replace('pct_min: 20/pct_min: 1', '"pct_min":20/"pct_min":1')
    .replace('01-scoping.md', 'journal.jsonl');
  expect(await start(other, journal)).toMatchObject({ outcome: 'rejected' });
  expect(await perfgate.json(other.root, 'verify')).toMatchObject({ code: 1, findings: [{ code: 'journal_damaged' }] });
});
