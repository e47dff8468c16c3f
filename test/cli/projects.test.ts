import { expect, it } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { contractText, countingProject } from '../helpers/project.ts';

const perfgate = perfGate();
const project = (more: Record<string, string> = {}) =>
  countingProject({}, { 'perf-gate.yaml': contractText(), 'src/deep/a.txt': '', ...more });

it('start finds perf-gate.yaml in the root, from a folder inside the project too, and seals it', async () => {
  const repo = project();
  const started = await perfgate.run(`${repo.root}/src/deep`, 'start', 'make it faster');
  expect(started).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`The contract is ${repo.root}/perf-gate.yaml.`),
  });
  await must(perfgate, repo, 'approve');
  repo.write('perf-gate.yaml', contractText({ threshold: { pct_min: 1 } }));
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({ error: { code: 'contract_changed' } });
});

it('every command finds the run from a folder inside the project', async () => {
  const repo = project();
  await must(perfgate, repo, 'start', 'make it faster');
  const inside = `${repo.root}/src/deep`;
  const { run } = await perfgate.json(repo.root, 'status');
  expect((await perfgate.json(inside, 'status')).run).toBe(run);
  expect(await perfgate.json(inside, 'approve')).toMatchObject({ code: 0, run });
  for (const command of ['list', 'brief', 'attempts', 'show'])
    expect((await perfgate.run(inside, command)).code, command).toBe(0);
  expect(await perfgate.json(inside, 'abort')).toMatchObject({ code: 0, run });
});

it('a package with a manifest is a separate project', async () => {
  const repo = project({ 'packages/app/package.json': '{}' });
  expect(await perfgate.json(`${repo.root}/packages/app`, 'start', 'make it faster')).toMatchObject({
    code: 2,
    error: { code: 'contract_needed' },
  });
});

it('compare and calibrate also find perf-gate.yaml, and report if it is missing', async () => {
  const repo = project();
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.git('commit', '--quiet', '--all', '--message', 'faster');
  expect(await perfgate.json(`${repo.root}/src`, 'compare', 'HEAD~1', 'HEAD')).toMatchObject({ code: 0 });
  expect((await perfgate.run(repo.root, 'calibrate', '--sessions', '1')).code).toBe(0);
  const bare = countingProject();
  for (const args of [['compare', 'HEAD', 'HEAD'], ['calibrate']]) {
    const { code, stderr } = await perfgate.run(bare.root, ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('name the contract perf-gate.yaml') });
  }
});
