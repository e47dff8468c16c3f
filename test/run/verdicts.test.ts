import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, halve, sampled } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

const start = (repo: TestRepository, fix: string, ...more: string[]) =>
  perfgate.json(
    repo.root,
    'start',
    'make it faster',
    ...['--contract', 'c.yaml', '--yes', '--agent', 'command', '--fix-command', fix],
    ...more,
  );

/** The work tree without the run's own folder. */
const ofTheUser = (repo: TestRepository) =>
  Object.fromEntries(Object.entries(repo.files()).filter(([path]) => !path.startsWith('.perf-gate/')));

it('commits a proved change alone and with trailers, and leaves work tree and index clean', async () => {
  const repo = countingProject({ metrics: { primary: sampled } });
  const ended = await start(repo, halve);
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted', branch: 'perf-gate/make-it-faster' });
  const { verdict, reasons, primary, commit, watchdogs, hotspot, attempt } = ended.attempts[0]!;
  expect({ attempt, verdict, hotspot, watchdogs }).toEqual({
    attempt: 1,
    verdict: 'accepted',
    hotspot: 'whole program',
    watchdogs: [],
  });
  expect(reasons[0]).toMatch(/^proven: /);
  expect(primary).toMatchObject({ name: 'noisy', p: expect.any(Number), n_base: expect.any(Number) });
  expect(primary!.improvement_pct).toBeCloseTo(50, 0);
  expect(primary!.ci95_pct[0]).toBeLessThanOrEqual(primary!.improvement_pct!);
  expect(ended.total!.improvement_pct).toBeCloseTo(50, 0);
  expect(repo.git('symbolic-ref', 'HEAD')).toBe('refs/heads/perf-gate/make-it-faster');
  expect(repo.git('rev-parse', 'HEAD')).toBe(commit);
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('work.sh');
  expect(repo.git('show', 'HEAD:work.sh')).toBe('STEPS=50\nANSWER=42');
  expect(repo.git('log', '-1', '--format=%(trailers:key=Perf-Gate-Run,valueonly)')).toContain(ended.run);
  expect(repo.git('log', '-1', '--format=%(trailers:key=Perf-Gate-Change,valueonly)')).toMatch(
    /^noisy 4\d.*%|^noisy 50/,
  );
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('rev-list', '--count', 'main..HEAD')).toBe('1');
});

it('counts more as better if the contract says so', async () => {
  const repo = countingProject({
    metrics: { primary: { ...sampled, lower_is_better: false } },
  });
  const ended = await start(repo, "sed -i 's/STEPS=100/STEPS=200/' work.sh");
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(ended.attempts[0]!.primary!.improvement_pct).toBeCloseTo(100, 0);
});

it('keeps the user’s staged changes, byte for byte', async () => {
  const repo = countingProject();
  repo.write('other.txt', 'staged\n');
  repo.git('add', 'other.txt');
  repo.write('other.txt', 'staged\nand edited\n');
  const ended = await start(repo, halve, '--include-dirty');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(repo.git('diff', '--name-only', 'HEAD~1', 'HEAD')).toBe('work.sh');
  expect(repo.read('other.txt')).toBe('staged\nand edited\n');
});

type Refused = [what: string, fix: string, reason: RegExp, change?: ContractChange];

it.each<Refused>([
  ['has no effect', 'echo "# nothing" >> work.sh', /^below_threshold: /],
  [
    'has a sampled effect under the threshold',
    "sed -i 's/STEPS=100/STEPS=95/' work.sh",
    /^(below_threshold|futile): /,
    { metrics: { primary: sampled } },
  ],
  ['gives another answer', `${halve}; sed -i s/42/41/ work.sh`, /^output_differs: .*answer 42.*answer 41/],
  ['touches a protected file', 'echo "echo METRIC steps=1" > bench.sh', /^protected_path: .*bench\.sh/],
  ['touches the contract itself', `${halve}; sed -i s/20/1/ c.yaml`, /^protected_path: .*c\.yaml/],
  [
    'does not build',
    `${halve}; touch broken`,
    /^build_failed: .*test ! -e broken/,
    { repro: { build: 'test ! -e broken' } },
  ],
  [
    'fails the correctness command',
    `${halve}; touch broken`,
    /^correctness_failed: /,
    { guards: { correctness: 'test ! -e broken' } },
  ],
  ['crashes', `${halve}; echo 'exit 3' >> work.sh`, /^candidate_failed: .*3/],
  [
    'makes a watchdog worse',
    `${halve}; echo EXTRA=30 >> work.sh`,
    /^watchdog_failed: extra /,
    {
      metrics: {
        watchdogs: [
          {
            name: 'extra',
            max_regression_pct: 10,
            source: { file: 'extra.txt', pattern: '([0-9]+)' },
            deterministic: true,
          },
        ],
      },
      repro: { script: 'EXTRA=10; . ./work.sh; echo $EXTRA > extra.txt; sh bench.sh' },
      guards: { unprotected: ['work.sh'] },
    },
  ],
])('rejects a fix that %s, and reverts it byte for byte', async (_, fix, reason, change = {}) => {
  const repo = countingProject(change);
  const before = ofTheUser(repo);
  const ended = await start(repo, fix);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', total: null });
  expect(ended.attempts).toMatchObject([{ verdict: 'rejected', commit: null }]);
  expect(ended.attempts[0]!.reasons[0]).toMatch(reason);
  expect(ofTheUser(repo)).toEqual(before);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.git('rev-parse', 'main'));
  expect(repo.git('for-each-ref', `refs/perf-gate/${ended.run}/attempts/1`)).not.toBe('');
});

it('does not measure a fix that changes protected files', async () => {
  const repo = countingProject();
  const ended = await start(repo, 'echo >> bench.sh');
  expect(ended.attempts[0]).toMatchObject({ verdict: 'rejected', primary: null });
});
