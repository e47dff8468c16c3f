import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { type Outcome, perfGate } from '../helpers/cli.ts';
import { contractText, countingProject, halve, sampled } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

const by = (fix: string) => ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', fix];

/** From one execution to the next it changes by powers of two. */
const chaos = 'sh bench.sh; echo METRIC chaos=$((1 << $(od -An -N1 -tu1 /dev/urandom) % 30))';
const unstable = {
  repro: { script: chaos },
  metrics: { primary: { name: 'chaos', source: { stdout: 'metric', key: 'chaos' } } },
};

it('ends with 4 if the confirmation does not repeat the result of the screen', async () => {
  // Fast where the screen's candidate lies; where the confirmation's lies, fast in every other execution.
  const everyOther = 'test -e odd && { rm odd; STEPS=60; } || touch odd';
  const flaky = `case $PWD in */b) STEPS=50 ;; *) ${everyOther} ;; esac`;
  const repo = countingProject({ metrics: { primary: sampled } }, { '.gitignore': 'odd\n' });
  const ended = await perfgate.json(repo.root, ...by(`echo '${flaky}' >> work.sh`));
  expect(ended).toMatchObject({
    code: 4,
    outcome: 'inconclusive',
    total: null,
    attempts: [{ verdict: 'inconclusive' }],
  });
  expect(ended.attempts[0]!.reasons[0]).toMatch(/^not_confirmed: /);
  expect(repo.git('status', '--porcelain')).toBe('');
});

it('noise alone never stops a run: it reports the smallest detectable improvement, and a smaller one is undecided', async () => {
  const repo = countingProject(unstable);
  const ended = await perfgate.json(repo.root, ...by(halve));
  expect(ended).toMatchObject({ outcome: 'inconclusive', attempts: [{ verdict: 'inconclusive' }], total: null });
  expect(ended.attempts[0]!.reasons[0]).toMatch(/^(unlikely|undecided|not_confirmed): .*would decide$/);
  const baseline = repo.read(`.perf-gate/runs/${ended.run}/02-baseline.md`);
  expect(baseline).toContain('**The noise hides the effect that the contract requires**');
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0 });
});

it('an unattended run under rules 1 ends with 3 if the measurement is too noisy', async () => {
  const repo = countingProject({ ...unstable, rules: 1 });
  const ended = await perfgate.json(repo.root, ...by(halve));
  expect(ended).toMatchObject({ code: 3, outcome: 'escalated', attempts: [], total: null });
  expect(ended.reason).toMatch(/^the measurement is too noisy: .* \d+\.\d %$/);
  expect(repo.git('status', '--porcelain')).toBe('');
  const { stderr } = await perfgate.run(repo.root, 'next');
  expect(stderr).toContain('has ended (escalated)');
});

it('an attended run under rules 1 returns to the contract if the measurement is too noisy', async () => {
  const repo = countingProject({ ...unstable, rules: 1 });
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  await must(perfgate, repo, 'approve');
  const next = await perfgate.json(repo.root, 'next');
  expect(next).toMatchObject({ code: 0, stage: 'scoping', waiting: { stage: 'scoping' } });
  expect(next.waiting!.brief).toMatch(/noisy/i);
  const calm = repo
    .read(next.waiting!.draft.slice(repo.root.length + 1))
    .replaceAll('chaos', 'steps')
    .replace(/; echo METRIC.*$/m, '');
  repo.write('calm.md', calm);
  await must(perfgate, repo, 'submit', 'calm.md');
  await must(perfgate, repo, 'approve');
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 0, stage: 'hotspots' });
});

/** Starts a command and waits until `seen` holds. */
async function begin(repo: TestRepository, args: string[], seen: () => boolean) {
  const child = spawn(process.execPath, [perfgate.bin(), ...args], {
    cwd: repo.root,
    env: perfgate.env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.resume();
  const ended = new Promise<{ code: number | null; stdout: string }>((done) =>
    child.on('close', (code) => done({ code, stdout })),
  );
  await vi.waitFor(() => expect(seen()).toBe(true), { timeout: 100_000, interval: 20 });
  return { child, ended };
}

const measuring = (repo: TestRepository) => () =>
  Object.keys(repo.files()).some((path) => path.includes('/samples/') && repo.read(path).length > 0);

it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('stops at %s with 130, and resumes to the same end', async (signal) => {
  // The measurement stops after its first sample until it is let go, so that the signal meets it there.
  const hold = join(temporaryFolder(), 'hold');
  const repo = countingProject();
  const begun = `ls ${repo.root}/.perf-gate/runs/*/samples/* >/dev/null 2>&1`;
  const script = `while [ -e ${hold} ] && ${begun}; do sleep 0.05; done; sh bench.sh`;
  repo.write('c.yaml', contractText({ repro: { script, timeout_s: 600 } }));
  repo.commit('a benchmark that waits');
  writeFileSync(hold, '');
  const { child, ended } = await begin(repo, [...by(halve), '--json'], measuring(repo));
  child.kill(signal);
  const { code, stdout } = await ended;
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'interrupted' } });
  expect(code).toBe(130);
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'baseline', outcome: null });
  rmSync(hold);
  const { run, ...resumed } = await perfgate.json(repo.root, 'resume');
  expect(resumed).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(repo.read(`.perf-gate/runs/${run}/02-baseline.md`)).toMatch(/- shell: [\d.]+ ms of wall time/);
});

it('lets only one process at a time work in a project', async () => {
  const repo = countingProject();
  const fixing = join(repo.root, '.perf-gate/local/fixing');
  const go = join(repo.root, '.perf-gate/local/go');
  const fix = `touch ${fixing}; while ! test -e ${go}; do sleep 0.05; done; ${halve}`;
  const { ended } = await begin(repo, [...by(fix), '--json'], () => existsSync(fixing));
  for (const command of [['next'], ['submit'], ['abort'], ['pause'], ['gc'], ['resume']])
    expect(await perfgate.json(repo.root, ...command)).toMatchObject({ code: 2, error: { code: 'run_locked' } });
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ code: 0, stage: 'fix' });
  repo.write('.perf-gate/local/go', '');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Outcome).outcome).toBe('accepted');
});
