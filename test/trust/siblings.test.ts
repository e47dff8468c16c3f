import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, halve, sampled } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

const slower = "sed -i 's/STEPS=.*/STEPS=900/' $s/work.sh";
/** Does it to the other arm, wherever this one is. */
const toTheOther = (deed: string) => `for s in ../a ../b; do test $s -ef . || { ${deed}; }; done`;
const atWork = (deed: string) => `cat >> work.sh <<'END'\n${toTheOther(deed)}\nEND`;

type Cheat = [how: string, fix: string, reason: RegExp, change?: ContractChange];

it.each<Cheat>([
  [
    'makes the base slower while it runs',
    atWork(slower),
    /^base_changed: .*work\.sh/,
    { metrics: { primary: sampled } },
  ],
  ['makes the base slower, where two runs decide', atWork(slower), /^base_changed: .*work\.sh/],
  ['breaks the base', atWork('rm $s/bench.sh'), /^base_changed: /],
  ['takes the base away', atWork('mv $s ../c'), /^base_changed: /],
  ['leaves something in the cache of the base', atWork('touch $(echo $s)s/cache/x'), /^base_changed: .*cache\/x/],
  [
    'makes the base slower while it is built',
    `cat > make.sh <<'END'\n${toTheOther(slower)}\nEND`,
    /^base_changed: .*work\.sh/,
    { repro: { build: 'test ! -e make.sh || sh make.sh' } },
  ],
  [
    'writes into the copy that the arms are made from',
    `cat > make.sh <<'END'\nsed -i 's/STEPS=.*/STEPS=900/' ../f/work.sh\nEND`,
    /^frozen_changed: .*: work\.sh$/,
    { repro: { build: 'test ! -e make.sh || sh make.sh' } },
  ],
])('rejects a candidate that %s, and verify holds', async (_, fix, reason, change = {}) => {
  const repo = countingProject(change);
  const ended = await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [{ verdict: 'rejected', commit: null }] });
  expect(ended.attempts[0]!.reasons[0]).toMatch(reason);
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0, findings: [] });
});

it('allows each arm to write into its own folders, and warns if it writes much', async () => {
  const own =
    'truncate -s 1100M big.bin; date +%N > out.txt; mkdir -p "$XDG_CACHE_HOME/x$$"; cp work.sh "$TMPDIR/$$"; sed -i s/x/x/ other.txt';
  const repo = countingProject({
    repro: { script: `${own}; sh bench.sh` },
    metrics: { primary: sampled },
    guards: { unprotected: ['work.sh'] },
  });
  const ended = await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  expect(ended).toMatchObject({ outcome: 'accepted' });
  const artifact = repo.read(`.perf-gate/runs/${ended.run}/06-remeasure.md`);
  expect(artifact).toMatch(/wrote 11\d\d MB into its copy of the project: the disk may fill up/);
});

it('stops if the frozen copy was changed', async () => {
  const twice = `cat > make.sh <<'END'\ntouch ../f/x\nEND\necho "# $PERF_GATE_ATTEMPT" >> make.sh`;
  const repo = countingProject({
    repro: { build: 'test ! -e make.sh || sh make.sh' },
    limits: { max_attempts: 2, max_rejects_in_a_row: 5 },
  });
  const ended = await perfgate.json<{ error: object }>(
    repo.root,
    ...['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', twice],
  );
  expect(ended).toMatchObject({ code: 3, error: { code: 'frozen_changed', message: expect.stringMatching(/f\/x$/) } });
});

it('stops at the baseline if a daemon of the project keeps writing', async () => {
  const going = temporaryFolder();
  vi.stubEnv('GOING', going);
  const late = 'while test -e "$GOING"; do touch late; sleep 0.05; done';
  const build = 'setsid sh late.sh > /dev/null 2>&1 &';
  const ended = await perfgate.json<{ error: object }>(
    countingProject({ repro: { build } }, { 'late.sh': late }).root,
    ...['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', halve],
  );
  rmSync(going, { recursive: true });
  await pause(500);
  expect(ended).toMatchObject({ code: 3, error: { code: 'arms_disturbed', message: expect.stringMatching(/late/) } });
});
