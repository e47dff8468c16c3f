import { describe, expect, it } from 'vitest';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import type { Usage } from '../../../src/measure/sessions/execute.ts';
import { withoutShell } from '../../../src/measure/sessions/shell-cost.ts';
import { ground, run } from './session-setup.ts';

const usage: Usage = { ...noFigures, method: 'native', wall_ms: 10, user_ms: 6, sys_ms: 2, max_rss_kb: 900 };

it('the shell’s cost is taken off wall and CPU time, never below 0, and not off memory', () => {
  expect(withoutShell(usage, { wall: 1, user: 0.5, sys: 0.25 })).toEqual({
    ...usage,
    wall_ms: 9,
    user_ms: 5.5,
    sys_ms: 1.75,
  });
  expect(withoutShell(usage, { wall: 11, user: 7, sys: 3 })).toMatchObject({ wall_ms: 0, user_ms: 0, sys_ms: 0 });
  const blind = { ...usage, user_ms: null, sys_ms: null };
  expect(withoutShell(blind, { wall: 1, user: null, sys: null })).toMatchObject({ wall_ms: 9, user_ms: null });
});

describe('a session whose script needs a shell', () => {
  const metrics = ['wall', 'cpu'].map((name) => ({ name, unit: 'ms', source: name as 'wall' | 'cpu' }));
  const samplesOf = async (script: string, shell: 'auto' | boolean = 'auto') =>
    (await run(ground().arms, { command: { script, shell, timeout_s: 10 }, metrics, looks: [2] })).samples;

  it('measures it once, and takes the same off both arms', async () => {
    const samples = await samplesOf('sleep 0.02; true');
    expect(new Set(samples.map((sample) => JSON.stringify(sample.shell_ms))).size).toBe(1);
    const [first] = samples;
    expect(first?.shell_ms?.wall).toBeGreaterThan(0);
    expect(first?.shell_ms?.wall).toBeLessThan(20);
    for (const { metrics: read, wall_ms, user_ms, sys_ms } of samples)
      expect(read).toEqual({ wall: wall_ms, cpu: (user_ms ?? 0) + (sys_ms ?? 0) });
  });

  it('leaves next to nothing of an empty script', async () => {
    const samples = await samplesOf(':', true);
    const walls = samples.map((sample) => sample.wall_ms).sort((a, b) => a - b);
    expect(walls[0]).toBeLessThan(samples[0]?.shell_ms?.wall ?? 0);
  });

  it('does nothing of it where no shell was needed, or the user measures one', async () => {
    for (const script of ['sleep 0.01', 'sh -c :'])
      expect((await samplesOf(script)).map((sample) => sample.shell_ms)).toEqual(Array(6).fill(null));
  });

  it('goes on with the same cost when it was interrupted', async () => {
    const { arms } = ground();
    const first = await run(arms, { looks: [1] });
    const changed = first.samples.map((s) => ({ ...s, shell_ms: { wall: 0.125, user: 0.0625, sys: 0.03125 } }));
    const second = await run(arms, { looks: [2] }, { already: changed });
    expect(second.samples.map((sample) => sample.shell_ms)).toEqual(
      second.samples.map(() => ({ wall: 0.125, user: 0.0625, sys: 0.03125 })),
    );
    expect(second.samples.length).toBeGreaterThan(0);
  });
});
