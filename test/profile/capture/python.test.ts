import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { captureProfile } from '../../../src/profile/capture/capture.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { ofProject } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';

const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
const hasPython = python.status === 0;

async function profiled(tool: string, script: string, files: Record<string, string>) {
  const cwd = folder(files);
  for (const name of Object.keys(files)) chmodSync(join(cwd, name), 0o755);
  const request = { tool, script, cwd, env: process.env, timeout_s: 60, outDir: folder(), scratch: folder() };
  const captured = await captureProfile(request);
  if (captured.state === 'failed') throw new Error(`${captured.reason}\n${captured.output}`);
  return { ...hotspots(await ofProject(captured.profile!, cwd), cwd), files: captured.files.length };
}

test.skipIf(!hasPython)(
  'calls are counted whatever starts Python, and little is added to them (needs python3)',
  async () => {
    const tool = `#!${python.stdout.trim()}
import subprocess, sys
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def loop():
    s = 0
    for i in range(1000000): s += i % 7
    return s
fib(15), loop()
subprocess.run([sys.executable, '-c', 'import helper; helper.work()'], check=True)
`;
    const helper = 'def work():\n    return sum(i % 7 for i in range(200000))\n';
    const found = await profiled('python-calls', './tool', { tool, 'helper.py': helper });
    const named = (name: string) => found.hotspots.find((h) => h.function === name)!;
    expect(found.files).toBe(2);
    expect(named('fib')).toMatchObject({ samples: 1973, file: 'tool', line: 3 });
    expect(named('work').file).toBe('helper.py');
    // 2,000 calls of nothing take less than a million turns of a loop, even while they are timed
    expect(named('fib').ceiling_pct).toBeLessThan(named('loop').ceiling_pct / 2);
  },
);

test.skipIf(!hasPython)('the sitecustomize of the project is still read (needs python3)', async () => {
  const files = {
    'site/sitecustomize.py': 'import builtins\nbuiltins.rounds = 200000\n',
    'm.py': 'def work():\n    return sum(i % 7 for i in range(rounds))\nwork()\n',
  };
  const { hotspots: found } = await profiled('python-calls', 'sh -c "PYTHONPATH=$PYTHONPATH:site python3 m.py"', files);
  expect(found[0]).toMatchObject({ function: 'work', file: 'm.py' });
});

test.skipIf(!hasPython)(
  'the functions that hold the memory at the peak, even if it is freed before the end (needs python3)',
  async () => {
    const program = `import functools, time
kept = []
def small():
    kept.append('x' * 200000)
@functools.lru_cache
def hold(n):
    for i in range(n): kept.append({'i': i})
def passing():
    many = [str(i) for i in range(300000)]
    time.sleep(0.05)
    return len(many)
small(), hold(20000), passing()
`;
    const found = await profiled('tracemalloc', 'python3 m.py', { 'm.py': program });
    expect(found).toMatchObject({ unit: 'bytes', format: 'speedscope' });
    expect(found.hotspots.slice(0, 3).map((h) => h.id)).toEqual(['passing m.py:8', 'hold m.py:5', 'small m.py:3']);
    // 300,000 strings of at least 49 bytes
    expect((found.hotspots[0]!.self_pct / 100) * found.total).toBeGreaterThan(300_000 * 49);
    expect(found.hotspots[0]!.ceiling_ci95_pct).toBeNull();
  },
);
