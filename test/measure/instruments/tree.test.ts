import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import { findInstrument, requireSight } from '../../../src/measure/instruments/find.ts';
import { type TreeMethod, treeMethods } from '../../../src/measure/instruments/instrument.ts';
import { withTree } from '../../../src/measure/instruments/tree.ts';
import { execute } from '../../../src/measure/sessions/execute.ts';
import type { Metric } from '../../../src/measure/sources/sources.ts';
import { ground, run } from '../sessions/session-setup.ts';
import { dir, env } from '../setup.ts';

const tree: Metric = { name: 'tree_mb', unit: 'MB', source: 'tree_rss' };
const wall: Metric = { name: 'wall', unit: 'ms', source: 'wall' };
const instrument = (name: string) => findInstrument({ ...env, PERF_GATE_INSTRUMENT: name });
const codeOf = (promise: Promise<unknown>) => promise.then(String, (error) => (isFailure(error) ? error.code : error));

/** Holds 60 MB for some tenths of a second, and hardly anything else. */
const hold = 'dd if=/dev/zero of=/dev/null bs=60M count=30';

/** On a busy machine one that looks now and then may come too late, or find no two at the same time: it looks again. */
const TRIES = { retry: 3, timeout: 120_000 };

describe.skipIf(process.platform !== 'linux').each(['native', 'python3'])('by %s', (name) => {
  const waysHere = async () => {
    const found: TreeMethod[] = [];
    for (const way of treeMethods) {
      if ((await withTree(await instrument(name), [tree], { earlier: [way], env }).catch(() => undefined))?.tree)
        found.push(way);
    }
    return found;
  };
  /** The memory of the tree by that of its largest process. */
  const ratio = async (script: string, way: TreeMethod) => {
    const measuring = await withTree(await instrument(name), [tree], { earlier: [way], env });
    const command = { script, shell: 'auto' as const, cwd: dir, env, timeout_s: 60, keepOutput: false };
    const execution = await execute(command, measuring);
    if (execution.state !== 'ok') throw new Error(JSON.stringify(execution));
    return execution.usage.tree_rss_kb! / execution.usage.max_rss_kb!;
  };

  it('two processes at a time take twice the memory of one, and one takes its own', TRIES, async () => {
    const ways = await waysHere();
    expect(ways.length).toBeGreaterThan(0);
    for (const way of ways) {
      expect(await ratio(hold, way)).toBeGreaterThan(0.9);
      expect(await ratio(hold, way)).toBeLessThan(1.15);
      expect(await ratio(`${hold} & ${hold}; wait`, way)).toBeGreaterThan(1.6);
      expect(await ratio(`${hold}; ${hold}`, way)).toBeLessThan(1.25);
      // a process that leaves the session is still one of the tree
      expect(await ratio(`setsid ${hold} & ${hold}; wait`, way)).toBeGreaterThan(1.6);
    }
  });
});

describe('the memory of the tree', () => {
  it('is refused if the instrument cannot measure it', async () => {
    const plain = await withTree(await instrument('plain'), [tree], { earlier: [], env });
    expect(plain.tree).toBeUndefined();
    expect(() => requireSight(plain, [tree])).toThrow(/tree_mb cannot be measured/);
  });

  it('is not measured if no metric needs it', async () => {
    const native = await instrument('native');
    expect(await withTree(native, [wall], { earlier: [null], env })).toBe(native);
    const { samples } = await run(ground().arms, { looks: [1], metrics: [wall] });
    expect(samples.map((s) => [s.tree_rss_kb, s.tree_method])).toEqual(samples.map(() => [null, null]));
  });

  it.skipIf(process.platform !== 'linux')('records its method, and continues only with the same method', async () => {
    const { arms } = ground();
    const command = { script: 'sleep 0.1', shell: 'auto' as const, timeout_s: 10 };
    const first = await run(arms, { command, looks: [1], metrics: [tree] });
    const ways = new Set(first.samples.map((s) => s.tree_method));
    expect([...ways]).toEqual([expect.stringMatching(/^(cgroup|pss|rss)$/)]);
    for (const { metrics, tree_rss_kb } of first.samples) expect(metrics).toEqual({ tree_mb: tree_rss_kb! / 1024 });
    const byRss = first.samples.map((s) => ({ ...s, tree_method: 'rss' as const }));
    const second = await run(arms, { command, looks: [2], metrics: [tree] }, { already: byRss });
    expect(second.samples.map((s) => s.tree_method)).toEqual(second.samples.map(() => 'rss'));
    const mixed = byRss.map((s, i) => (i === 0 ? s : { ...s, tree_method: 'pss' as const }));
    expect(await codeOf(run(arms, { command, metrics: [tree] }, { already: mixed }))).toBe('tree_method_changed');
  });
});
