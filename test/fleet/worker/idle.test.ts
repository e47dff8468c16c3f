import { expect, it } from 'vitest';
import { processorUse } from '../../../src/fleet/worker/idle.ts';
import { folder, put } from '../../helpers/folder.ts';

const stat = (user: number, idle: number, iowait: number) =>
  `cpu  ${user} 0 0 ${idle} ${iowait} 0 0 0 0 0\ncpu0 1 1 1 1\n`;

it('returns the share of the processors used since the last call', () => {
  const root = folder({ 'proc/stat': stat(100, 800, 100) });
  const use = processorUse(root);
  put(root, 'proc/stat', stat(130, 850, 120));
  expect(use()).toBeCloseTo(0.3);
  put(root, 'proc/stat', stat(130, 900, 120));
  expect(use()).toBe(0);
  expect(use()).toBe(null); // no time has passed
});

it('returns null if the system does not report it', () => {
  expect(processorUse(folder({}))()).toBe(null);
  expect(processorUse(folder({ 'proc/stat': 'nothing of this kind\n' }))()).toBe(null);
});
