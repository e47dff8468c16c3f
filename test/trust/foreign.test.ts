import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { must, runByHand, type Standing } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { at, type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { copyOf } from '../verify/finished-run.ts';

const perfgate = perfGate();
beforeEach(() => void vi.stubEnv('RAN', temporaryFolder()));
afterEach(() => vi.unstubAllEnvs());

/** The run's repository at another place, as a clone with the run's folder is. */
function elsewhere(repo: TestRepository): TestRepository {
  const root = temporaryFolder('perf-gate-clone-');
  cpSync(repo.root, root, { recursive: true });
  return at(root);
}

const marked = {
  repro: { script: `touch "$RAN/repro"; sh bench.sh` },
  guards: { correctness: 'touch "$RAN/correctness"' },
};

it.each<Standing>(['approved', 'hotspots', 'fix', 'measured'])(
  'runs no command of a run from another machine, at %s',
  async (stage) => {
    const repo = await runByHand(perfgate, stage, marked);
    const clone = elsewhere(repo);
    const ran = at(temporaryFolder());
    vi.stubEnv('RAN', ran.root);
    for (const command of ['next', 'resume'])
      expect(await perfgate.json(clone.root, command)).toMatchObject({ code: 2, error: { code: 'foreign_run' } });
    expect(ran.files()).toEqual({});
    await must(perfgate, clone, 'approve', '--yes');
    await must(perfgate, clone, 'next');
  },
);

it('does not accept --yes of another machine as an approval on this one', async () => {
  const repo = await runByHand(perfgate, 'scoping', marked);
  const { run } = await perfgate.json(repo.root, 'status');
  const foreign = copyOf(repo.root, run, perfgate.env());
  foreign.forge((_, lines) => {
    lines[0]!.options.yes = true;
    lines[0]!.beginning.approval = 'f'.repeat(64);
  });
  const ran = at(temporaryFolder());
  vi.stubEnv('RAN', ran.root);
  await perfgate.json(foreign.repo.root, 'resume');
  expect(await perfgate.json(foreign.repo.root, 'status')).toMatchObject({ stage: 'scoping' });
  expect(ran.files()).toEqual({});
});

it('does not run a contract without an approval in the journal, nor one that differs from the approved one', async () => {
  const repo = await runByHand(perfgate, 'approved', marked);
  const { run } = await perfgate.json(repo.root, 'status');
  const tamper = (change: (data: { approved_by: string | null; contract: { repro: { script: string } } }) => void) => {
    const file = join(repo.root, '.perf-gate/runs', run, 'journal.jsonl');
    const honest = readFileSync(file, 'utf8');
    const here = copyOf(repo.root, run, perfgate.env());
    here.forge((transition) => change(transition('scoping', 1).data));
    writeFileSync(file, here.read('journal.jsonl')); // in its own place, so that the mark is the right one
    return () => writeFileSync(file, honest);
  };
  const ran = at(temporaryFolder());
  vi.stubEnv('RAN', ran.root);
  for (const change of [
    (data: { approved_by: string | null }) => {
      data.approved_by = null;
    },
    (data: { contract: { repro: { script: string } } }) => {
      data.contract.repro.script = 'touch "$RAN/worse"';
    },
  ]) {
    const undo = tamper(change);
    expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 2, error: { code: 'foreign_run' } });
    undo();
  }
  expect(ran.files()).toEqual({});
  await must(perfgate, repo, 'next');
  expect(existsSync(join(ran.root, 'repro'))).toBe(true);
});

it('runs no command of a contract when showing, listing or verifying it', async () => {
  const repo = await runByHand(perfgate, 'fix', marked);
  const clone = elsewhere(repo);
  const ran = at(temporaryFolder());
  vi.stubEnv('RAN', ran.root);
  for (const command of ['status', 'list', 'show', 'verify', 'attempts']) await must(perfgate, clone, command);
  expect(ran.files()).toEqual({});
});
