import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Hotspots } from '../../src/profile/rank/hotspots.ts';
import { perfGate } from '../helpers/cli.ts';
import { folder } from '../helpers/folder.ts';

const perfgate = perfGate();

const slow = `function spin(n) { let s = 0; for (let i = 0; i < n; i++) s += i % 7; return s; }
function small() { return spin(2e7); }
function large() { let s = 0; for (let i = 0; i < 3e8; i++) s += i % 7; return s; }
console.log(small() + large());
`;

type Taken = Hotspots & { tool: string; files: string[] };

it('takes a profile, ranks it, and keeps the requested files', async () => {
  const dir = folder({ 'slow.mjs': slow, 'package.json': '{}' });
  const kept = ['--html', '--svg', '--speedscope', '--out', 'kept'];
  const { stdout } = await perfgate.run(dir, 'profile', ...kept, '--json', '--', 'node', 'slow.mjs');
  const taken = JSON.parse(stdout) as Taken;
  expect(taken).toMatchObject({ tool: 'node-cpu-prof', unit: 'ms', format: 'cpuprofile' });
  expect(taken.hotspots[0]).toMatchObject({ function: 'large', file: 'slow.mjs', line: 3 });
  for (const key of ['self_pct', 'total_pct', 'ceiling_pct', 'samples'])
    expect(taken.hotspots[0]).toHaveProperty(key, expect.any(Number));
  expect(readFileSync(join(dir, 'kept/flame.html'), 'utf8')).toContain('large');
  expect(readFileSync(join(dir, 'kept/flame.svg'), 'utf8')).toContain('>large</text>');
  const speedscope = JSON.parse(readFileSync(join(dir, 'kept/profile.speedscope.json'), 'utf8'));
  expect(speedscope.$schema).toContain('speedscope');

  const again = await perfgate.json<Hotspots>(dir, 'hotspots', 'kept/profile.speedscope.json');
  expect({ format: again.format, first: again.hotspots[0]!.function }).toEqual({
    format: 'speedscope',
    first: 'large',
  });
});

it('keeps no files without a request, and prints the output of a failed command', async () => {
  const dir = folder({ 'slow.mjs': slow.replace('3e8', '3e7') });
  const { code, stdout } = await perfgate.run(dir, 'profile', '--', 'node', 'slow.mjs');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('large') });
  expect(existsSync(join(dir, 'perf-gate-profile'))).toBe(false);
  const failed = await perfgate.run(dir, 'profile', '--', 'node', '-e', 'process.exit(3)');
  expect(failed).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('error:') });
});
