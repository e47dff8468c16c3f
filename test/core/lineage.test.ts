import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { fromPs, lineage } from '../../src/core/lineage.ts';

it('the lineage goes from this process up to the first process', async () => {
  const [ourselves, ...above] = await lineage();
  expect(ourselves.pid).toBe(process.pid);
  expect(above[0]).toMatchObject({ pid: process.ppid });
  const pids = above.map(({ pid }) => pid);
  expect(pids).toContain(1);
  expect(new Set([ourselves.pid, ...pids]).size).toBe(pids.length + 1);
});

it('the lineage holds the environment with which a process was started', async () => {
  const [ourselves] = await lineage();
  expect(ourselves.environment).toContain(`PATH=${process.env.PATH}`);
});

it('the same lineage is read from the output of ps', async () => {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const tell = fromPs(stdout);
  const up: number[] = [];
  for (let one = tell(process.pid); one; one = tell(one.parent)) up.push(one.pid);
  const known = (await lineage()).map(({ pid }) => pid);
  expect(up).toEqual(known.slice(0, up.length));
  expect(up.length).toBeGreaterThan(1);
});
