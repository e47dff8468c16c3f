import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../../src/measure/sessions/execute.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { dir, env, instrument } from '../measure/setup.ts';

const attack = join(import.meta.dirname, 'forge-reading.py');
const atTheBase = join(import.meta.dirname, 'kill-helper.py');

describe.each(['native', 'python3'])('%s', (method) => {
  const run = async (script: string, timeout_s = 20) =>
    execute({ script, shell: 'auto', cwd: dir, env, timeout_s, keepOutput: true }, await instrument(method));

  it('takes no reading that a program writes into the channel of its helper, which it then kills', async () => {
    expect(await run(`python3 ${attack}`)).toMatchObject({
      state: 'failed',
      cause: { kind: 'helper_lost', found: 'was ended by SIGKILL' },
    });
  });

  it('lets a program see neither the channel nor the memory of its helper', async () => {
    expect(await run(`python3 ${attack} look`)).toMatchObject({ state: 'ok', stdout: '[] None None\n' });
  });

  it.each(['ALRM', 'TERM', 'INT'])('takes no good reading of a helper that its program sent SIG%s', async (name) => {
    expect(await run(`kill -${name} $PPID; sleep 5; exit 0`)).toMatchObject({ state: 'failed' });
  });
});

it('ends a program that has stopped its helper', async () => {
  const script = 'kill -STOP $PPID; sleep 60';
  const command = { script, shell: 'auto', cwd: dir, env, timeout_s: 0.5, keepOutput: false };
  expect(await execute(command, await instrument())).toMatchObject({ state: 'failed', cause: { kind: 'timeout' } });
});

const perfgate = perfGate();
const start = (repo: TestRepository, fix: string) =>
  perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);

it('rejects a candidate that takes the place of the process that measures it, and verify holds', async () => {
  const repo = countingProject();
  const ended = await start(repo, `cp ${attack} x.py; echo 'python3 x.py' >> work.sh`);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [{ verdict: 'rejected', commit: null }] });
  expect(ended.attempts[0]!.reasons[0]).toMatch(
    /^candidate_failed: .*the process that measured it was ended by SIGKILL/,
  );
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0, findings: [] });
});

it('rejects a candidate whose build leaves what ends the process that measures the base, the second time', async () => {
  const build = 'test ! -e kill.py || setsid python3 kill.py > /dev/null 2>&1 &';
  const repo = countingProject({ repro: { build } }, { 'work.sh': 'sleep 0.1\nSTEPS=100\nANSWER=42\n' });
  const [first, second] = [await start(repo, `cp ${atTheBase} kill.py`), await perfgate.json(repo.root, 'resume')];
  expect(first).toMatchObject({ code: 3, error: { code: 'helper_lost' } });
  expect(second).toMatchObject({ code: 1, outcome: 'rejected' });
  expect(second.attempts[0]!.reasons[0]).toMatch(/^helper_lost: .*2 times/);
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0, findings: [] });
});

/** An honest program whose CPU time is judged; the forged helper says that it is fast where the fix has put a file. */
const timed = () =>
  countingProject({
    repro: { measurement_runs: 4, max_runs: 8 },
    metrics: { primary: { name: 'cpu_ms', unit: 'ms', source: 'cpu' } },
    limits: { max_attempts: 1 },
  });
const forger = join(import.meta.dirname, 'own-helper.py');
const exchange = `find "$XDG_CACHE_HOME" -name "stopwatch-*" -exec cp ${forger} {} \\;`;

it.each([
  ['before the run', 'touch fast'],
  ['by the fix', `touch fast; ${exchange}`],
])('measures with a helper of its own, whatever lies in the caches %s', async (when, fix) => {
  const repo = timed();
  if (when === 'before the run') {
    await perfgate.run(repo.root, 'measure', '--runs', '2', '--', 'true');
    execFileSync('sh', ['-c', exchange], { env: perfgate.env() });
  }
  const ended = await start(repo, fix);
  expect(ended.attempts).toMatchObject([{ commit: null }]);
  expect(ended.attempts[0]!.primary!.baseline).toBeLessThan(90);
});

it('rejects a candidate that exchanges the helper while it is measured', async () => {
  const found = 'for f in ../../../stopwatch-* ../../../own-*/stopwatch-*';
  const ended = await start(
    timed(),
    `echo '${found}; do [ ! -e $f ] || { cp ${forger} $f.x; mv $f.x $f; }; done' >> work.sh; touch fast`,
  );
  expect(ended.attempts).toMatchObject([{ commit: null }]);
  expect(ended.attempts[0]!.reasons[0]).toMatch(/^candidate_failed: .*was replaced by another program/);
});
