import { describe, expect, it } from 'vitest';
import { unseenDelay } from '../../../src/measure/sessions/unseen-delay.ts';
import { loneWarningText } from '../../../src/report/warnings.ts';
import { ground, run } from './session-setup.ts';

const metrics = [
  { name: 'quiet_ms', unit: 'ms', source: 'undelayed_wall' as const },
  { name: 'wall_ms', unit: 'ms', source: 'wall' as const },
];

describe.skipIf(process.platform !== 'linux')('delay that undelayed wall time cannot see', () => {
  const work = "sh -c 'i=0; while [ $i -lt 40000 ]; do i=$((i+1)); done'";
  const samplesOf = async (script: string) => {
    const command = { script, shell: 'auto' as const, timeout_s: 10 };
    return (await run(ground().arms, { command, metrics, looks: [2] })).samples;
  };

  it('gives a warning if children do the work, with their share', async () => {
    const samples = await samplesOf(`${work}; ${work}; :`);
    const [warning, ...more] = unseenDelay(metrics, samples);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ code: 'unseen_delay', metric: 'quiet_ms' });
    expect(warning!.share_pct).toBeGreaterThan(80);
    expect(loneWarningText(warning!)).toMatch(/^\d+ % of the CPU time .*child processes.*quiet_ms.*source: cpu/);
    expect(unseenDelay([metrics[1]!], samples)).toEqual([]);
  });

  it('gives a warning if only one arm works in children', async () => {
    const [alone, inChildren] = [await samplesOf(work), await samplesOf(`${work}; :`)];
    const mixed = [...alone.filter((s) => s.arm === 'base'), ...inChildren.filter((s) => s.arm === 'candidate')];
    expect(unseenDelay(metrics, mixed)).toHaveLength(1);
  });

  it('gives no warning for a program that works in its main thread, even if a shell starts it', async () => {
    expect(unseenDelay(metrics, await samplesOf(work))).toEqual([]);
    expect(unseenDelay(metrics, await samplesOf(`exec ${work}`))).toEqual([]);
  });
});
