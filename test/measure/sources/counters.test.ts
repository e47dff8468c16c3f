import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callgrindCount, counterProblem, perfCount } from '../../../src/measure/sources/counters.ts';
import { ground, run } from '../sessions/session-setup.ts';
import { dir, env } from '../setup.ts';

describe('the output of perf', () => {
  // perf-stat(1), CSV FORMAT: value, unit, event, run time of the counter in ns, percentage of it
  it('is the count of the event', () => {
    const text = '# started on Mon Nov  9 10:00:00 2026\n\n1234567,,instructions:u,853412,100.00,1.87,insn per cycle\n';
    expect(perfCount(text)).toBe(1234567);
  });

  it('is the sum over two kinds of cores, of which one may not have been used', () => {
    const row = (value: string, core: string) => `${value},,${core}/instructions:u/,853412,100.00,,`;
    expect(perfCount(`${row('1000', 'cpu_core')}\n${row('200', 'cpu_atom')}\n`)).toBe(1200);
    expect(perfCount(`${row('1000', 'cpu_core')}\n${row('<not counted>', 'cpu_atom')}\n`)).toBe(1000);
  });

  it.each(['<not supported>,,instructions:u,0,100.00,,\n', '<not counted>,,instructions:u,0,0.00,,\n', ''])(
    'is no count, and never 0: %j',
    (text) => expect(perfCount(text)).toMatchObject({ found: expect.stringMatching(/<not|no row/) }),
  );
});

it('callgrind’s count is the sum over all processes, and none without a file', () => {
  expect(callgrindCount(['version: 1\nevents: Ir\nsummary: 40\n\ntotals: 40\n', 'events: Ir\nsummary: 2\n'])).toBe(42);
  expect(callgrindCount([])).toMatchObject({ found: 'none in 0 files' });
});

const counter = (source: 'instructions' | 'callgrind') => [{ name: 'count', unit: '', source }];
const command = (script: string) => ({ script, shell: 'auto' as const, timeout_s: 60 });
const perfHere = (await counterProblem('instructions', env)) === undefined;
const valgrindHere = (await counterProblem('callgrind', env)) === undefined;

describe('a counter that does not work here', () => {
  it('is refused before any execution, with the reason and the alternatives', async () => {
    const { arms, log } = ground();
    for (const arm of Object.values(arms)) arm.env.PATH = '/nowhere';
    const refused = (source: 'instructions' | 'callgrind') => run(arms, { metrics: counter(source) });
    await expect(refused('instructions')).rejects.toMatchObject({
      code: 'no_counter',
      message: expect.stringContaining('there is no perf in the PATH'),
      hint: expect.stringContaining('source: callgrind'),
    });
    await expect(refused('callgrind')).rejects.toMatchObject({ message: expect.stringContaining('no valgrind') });
    expect(log()).toEqual([]);
  });

  it.skipIf(perfHere)('is detected by a trial if perf exists but the machine does not count', async () => {
    expect(await counterProblem('instructions', env)).toMatch(/not supported|not counted|failed|no perf/);
  });
});

it.runIf(perfHere)('counts instructions with perf', async () => {
  const { session } = await run(ground().arms, { metrics: counter('instructions'), looks: [1] });
  expect(session).toMatchObject({ state: 'complete', pairs: [{ base: { metrics: { count: expect.any(Number) } } }] });
});

describe.runIf(valgrindHere)('callgrind', () => {
  const count = async (script: string) => {
    const { arms, log } = ground();
    arms.base.env.TMPDIR = join(arms.base.dir, 'tmp');
    mkdirSync(arms.base.env.TMPDIR);
    const asked = [...counter('callgrind'), { name: 'wall_ms', unit: 'ms', source: 'wall' as const }];
    const { session } = await run({ base: arms.base }, { command: command(script), metrics: asked, looks: [1] });
    if (session.state !== 'complete') throw new Error(JSON.stringify(session));
    return { left: readdirSync(arms.base.env.TMPDIR), log: log(), samples: session.samples };
  };
  const loop = (turns: number) => `i=0; while [ $i -lt ${turns} ]; do i=$((i+1)); done`;
  writeFileSync(join(dir, 'loop.sh'), loop(3000));

  it('counts in a separate execution, after the timed one and not for warm-ups, and leaves no file', async () => {
    const { left, log, samples } = await count('echo ran >> $LOG');
    expect(log).toEqual(['ran', 'ran', 'ran']); // warm-up, timed, counted
    expect(samples.map((sample) => 'count' in sample.metrics)).toEqual([false, true]);
    expect(left).toEqual([]);
  });

  it('counts more work as more, in children too, and the same work nearly the same', async () => {
    const counted = async (script: string) => (await count(script)).samples.at(-1)?.metrics.count ?? Number.NaN;
    const [none, some, again] = [await counted(loop(0)), await counted(loop(3000)), await counted(loop(3000))];
    const work = some - none;
    expect(work).toBeGreaterThan(3000 * 50);
    expect(Math.abs(again - some) / some).toBeLessThan(0.01);
    const forked = (await counted(`( ${loop(3000)} ); true`)) - none;
    const started = (await counted(`/bin/sh ${join(dir, 'loop.sh')}; true`)) - none;
    expect(forked / work).toBeGreaterThan(0.95);
    expect(started / work).toBeGreaterThan(0.95);
    expect(forked / work).toBeLessThan(1.5);
  }, 60_000);

  it('fails the run if the program fails under it, and names the counter', async () => {
    const { arms } = ground();
    const script = 'case $LD_PRELOAD in *valgrind*) exit 3;; esac';
    const { session } = await run(arms, { command: command(script), metrics: counter('callgrind'), looks: [1] });
    expect(session).toMatchObject({ state: 'failed_run', code: 'exit', reason: 'exit code 3, under valgrind' });
  });
});
