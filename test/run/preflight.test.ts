import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, everything, sampled } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Refusal = { error: { code: string; message: string; hint: string } };

it.each<[what: string, change: ContractChange, code: string, says: RegExp]>([
  ['fails', { repro: { script: 'echo cannot >&2; exit 9' } }, 'command_failed', /exit code 9[\s\S]*cannot/],
  ['cannot be started', { repro: { script: 'no-such-program' } }, 'command_failed', /no-such-program/],
  ['prints no metric', { repro: { script: 'echo "answer 42"' } }, 'metric_unreadable', /steps.*METRIC steps/],
  ['prints a metric that is no number', { repro: { script: 'echo METRIC steps=many' } }, 'metric_unreadable', /many/],
  [
    'prints different answers',
    { repro: { script: 'sh bench.sh; od -An -N8 -tx8 /dev/urandom' } },
    'output_not_deterministic',
    /answer 42/,
  ],
  ['hangs', { repro: { script: 'sh bench.sh; sleep 600', timeout_s: 1 } }, 'command_failed', /1 s/],
  [
    'does not build',
    { repro: { build: 'echo wrong >&2; false' } },
    'command_failed',
    /build failed.*false[\s\S]*wrong/,
  ],
  [
    'is not correct',
    { guards: { correctness: 'exit 5' } },
    'command_failed',
    /correctness command failed \(exit code 5\)/,
  ],
  ['lacks its secrets', { secrets_file: '.env.bench' }, 'secrets_missing', /\.env\.bench/],
  [
    'gives a metric of zero',
    { repro: { script: 'echo METRIC noisy=0' }, metrics: { primary: sampled } },
    'metric_unreadable',
    /noisy/,
  ],
])('a repro that %s is refused before anything is written', async (_, change, code, says) => {
  const repo = countingProject(change);
  const before = everything(repo);
  const ended = await perfgate.json<Refusal>(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes');
  expect(ended.error).toMatchObject({ code, message: expect.stringMatching(says) });
  expect(ended.code).toBe(code === 'secrets_missing' ? 2 : 3);
  expect(ended.error.hint).not.toBe('');
  expect(everything(repo)).toEqual(before);
  const arms = join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate/arms');
  expect(existsSync(arms) ? readdirSync(arms) : []).toEqual([]);
});

it('leaves no process of a repro that hangs with its children', async () => {
  const pids = join(temporaryFolder(), 'pids');
  const script = `(sleep 611 & echo $! >> ${pids}; setsid sleep 612 & echo $! >> ${pids}; wait)`;
  const repo = countingProject({ repro: { script: `${script}; echo METRIC steps=1`, timeout_s: 1 } });
  const ended = await perfgate.json<Refusal>(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes');
  expect(ended).toMatchObject({ code: 3, error: { code: 'command_failed' } });
  const started = readFileSync(pids, 'utf8').trim().split('\n');
  expect(started).toHaveLength(2);
  expect(started.filter((pid) => isSleeping(pid))).toEqual([]);
});

it.each(['build', 'setup'])('ends a %s that hangs, with the processes that it started', async (step) => {
  const pids = join(temporaryFolder(), 'pids');
  const repo = countingProject({ repro: { [step]: `sleep 613 & echo $! > ${pids}; wait`, timeout_s: 0.3 } });
  const ended = await perfgate.json<Refusal>(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes');
  expect(ended).toMatchObject({
    code: 3,
    error: { message: expect.stringContaining(`${step} failed (not done after`) },
  });
  expect(isSleeping(readFileSync(pids, 'utf8').trim())).toBe(false);
});

/** Whether the process is there and is the one that the test started, not another that got its number. */
function isSleeping(pid: string): boolean {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('sleep');
}
