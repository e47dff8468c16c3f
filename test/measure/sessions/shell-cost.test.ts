import { describe, expect, it } from 'vitest';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import type { Usage } from '../../../src/measure/sessions/execute.ts';
import { withoutShell } from '../../../src/measure/sessions/shell-cost.ts';
import { median } from '../../../src/stats/robust.ts';
import { ground, run } from './session-setup.ts';

const usage: Usage = { ...noFigures, method: 'native', wall_ms: 10, user_ms: 6, sys_ms: 2, max_rss_kb: 900 };

it('the shell’s cost is subtracted from wall, CPU and main-thread time, never below 0, but not from memory and delay', () => {
  const seen = { ...usage, main_run_ms: 7, main_delay_ms: 3 };
  expect(withoutShell(seen, { wall: 1, user: 0.5, sys: 0.25, main_run: 0.75 })).toEqual({
    ...seen,
    wall_ms: 9,
    user_ms: 5.5,
    sys_ms: 1.75,
    main_run_ms: 6.25,
  });
  const most = withoutShell(seen, { wall: 11, user: 7, sys: 3, main_run: 9 });
  expect(most).toMatchObject({ wall_ms: 0, user_ms: 0, sys_ms: 0, main_run_ms: 0, main_delay_ms: 3 });
  const blind = { ...usage, user_ms: null, sys_ms: null };
  const cost = { wall: 1, user: null, sys: null, main_run: null };
  expect(withoutShell(blind, cost)).toMatchObject({ wall_ms: 9, user_ms: null, main_run_ms: null });
});

describe('a session whose script needs a shell', () => {
  const metrics = ['wall', 'cpu'].map((name) => ({ name, unit: 'ms', source: name as 'wall' | 'cpu' }));
  const samplesOf = async (script: string, shell: 'auto' | boolean = 'auto') =>
    (await run(ground().arms, { command: { script, shell, timeout_s: 10 }, metrics, looks: [2] })).samples;

  it('measures it once, and subtracts the same from both arms', async () => {
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

  // Where more follows, the shell stays and is the main thread; at the end of a script, many a shell becomes the program.
  it.skipIf(process.platform !== 'linux').each([
    ['stays', 'i=0; while [ $i -lt 4000 ]; do i=$((i+1)); done; :'],
    ['may become the program', `exec node -e 'for (let i = 0; i < 1e6; i++);'`],
  ])('leaves the main thread at most the program’s own time if the shell %s', async (_, script) => {
    const samples = await samplesOf(script);
    const shares = samples.map((s) => (s.main_run_ms ?? 0) / ((s.user_ms ?? 0) + (s.sys_ms ?? 0)));
    expect(median(shares)).toBeLessThan(1.02);
    expect(median(shares)).toBeGreaterThan(0.5);
    const { shell_ms } = samples[0]!;
    expect(shell_ms!.main_run! / (shell_ms!.user! + shell_ms!.sys!)).toBeGreaterThan(0.9);
    expect(shell_ms!.main_run! / shell_ms!.wall).toBeLessThan(1.5);
  });

  it('does not apply if no shell was needed, or if the user measures a shell', async () => {
    for (const script of ['sleep 0.01', 'sh -c :'])
      expect((await samplesOf(script)).map((sample) => sample.shell_ms)).toEqual(Array(6).fill(null));
  });

  it('continues with the same cost after an interruption', async () => {
    const { arms } = ground();
    const first = await run(arms, { looks: [1] });
    const cost = { wall: 0.125, user: 0.0625, sys: 0.03125, main_run: 0.0625 };
    const changed = first.samples.map((s) => ({ ...s, shell_ms: cost }));
    const second = await run(arms, { looks: [2] }, { already: changed });
    expect(second.samples.map((sample) => sample.shell_ms)).toEqual(second.samples.map(() => cost));
    expect(second.samples.length).toBeGreaterThan(0);
  });
});
