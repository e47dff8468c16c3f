import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/measure/sessions/plan.ts';
import type { Progress } from '../../../src/measure/sessions/session.ts';
import { ground, plan, run } from './session-setup.ts';

describe('an interleaved session', () => {
  it('executes the steps of its plan, in their order, each in its arm', async () => {
    const { arms, log } = ground();
    const { session, samples } = await run(arms);
    expect(session).toMatchObject({ state: 'complete', pairs: [1, 2, 3, 4].map((pair) => ({ pair })) });
    expect(log()).toEqual(stepsOf(plan, ['base', 'candidate']).map((step) => step.arm));
    expect(samples.map(({ index, pair, arm, warmup }) => ({ index, pair, arm, warmup }))).toEqual(
      stepsOf(plan, ['base', 'candidate']),
    );
  });

  it('gives samples that hold all facts about an execution', async () => {
    const { session, samples } = await run(ground().arms, { looks: [1], same_output: true });
    const sample = samples.at(-1);
    expect(sample).toEqual({
      session: 'screen-1',
      index: 3,
      pair: 1,
      arm: expect.stringMatching(/^(base|candidate)$/),
      warmup: false,
      started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      metrics: { wall_ms: sample?.wall_ms, n: 5 },
      exit_code: 0,
      wall_ms: expect.any(Number),
      user_ms: expect.any(Number),
      sys_ms: expect.any(Number),
      max_rss_kb: expect.any(Number),
      tree_rss_kb: null,
      ...(process.platform === 'linux'
        ? { main_run_ms: expect.any(Number), main_delay_ms: expect.any(Number) }
        : { main_run_ms: null, main_delay_ms: null }),
      end_delay_ms: expect.toBeOneOf([expect.any(Number), null]), // null: it ended before the helper waited
      shell_ms: {
        wall: expect.any(Number),
        user: expect.any(Number),
        sys: expect.any(Number),
        main_run: process.platform === 'linux' ? expect.any(Number) : null,
      },
      output: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), preview: expect.any(String) },
      load1: expect.any(Number),
      method: 'native',
      tree_method: null,
    });
    expect(session).toMatchObject({ environment: { cores: expect.any(Number), warnings: expect.any(Array) } });
  });

  it('calls `decide` at every look but the last, with the measured samples so far, and stops on request', async () => {
    const { arms, log } = ground();
    const looks = [1, 2, 3, 4];
    expect((await run(arms, { looks })).looks).toEqual([2, 4, 6]);
    const before = log().length;
    const stopped = await run(arms, { looks }, { decide: (seen) => (seen.length >= 4 ? 'stop' : 'continue') });
    expect(stopped.looks).toEqual([2, 4]);
    expect(stopped.session).toMatchObject({ state: 'complete', pairs: [{ pair: 1 }, { pair: 2 }] });
    expect(log().length - before).toBe(2 + 4);
  });

  it('runs before_each before every execution, and reports progress after it', async () => {
    const { arms, log } = ground();
    const told: Progress[] = [];
    await run(
      arms,
      { looks: [1], before_each: 'echo prepare >> $LOG' },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(log().map((line) => line === 'prepare')).toEqual([true, false, true, false, true, false, true, false]);
    expect(told.map(({ done, total, warmup }) => [done, total, warmup])).toEqual([
      [1, 4, true],
      [2, 4, true],
      [3, 4, false],
      [4, 4, false],
    ]);
    expect(told.at(-1)?.metrics).toMatchObject({ n: 5 });
  });
});

describe('a session that cannot be interleaved', () => {
  it('takes all of the base, then the candidate, and looks at whole pairs', async () => {
    const { arms, log } = ground();
    const { looks, session } = await run(arms, { order: 'sequential' });
    expect(log()).toEqual([...Array(5).fill('base'), ...Array(5).fill('candidate')]);
    expect(looks).toEqual([6]); // four of the base, two of the candidate
    expect(session).toMatchObject({ state: 'complete', pairs: { length: 4 } });
  });

  it('measures one arm only, and pairs it with samples that are given', async () => {
    const { arms, log } = ground();
    const base = await run({ base: arms.base }, { id: 'baseline', order: 'sequential' });
    expect(base).toMatchObject({ session: { state: 'complete', pairs: [] }, looks: [2] });
    const { session } = await run({ candidate: arms.candidate }, { order: 'sequential' }, { already: base.samples });
    expect(log()).toEqual([...Array(5).fill('base'), ...Array(5).fill('candidate')]);
    expect(session).toMatchObject({ state: 'complete', pairs: { length: 4 } });
  });
});

describe('a failing execution', () => {
  const fails = (script: string, change = {}) =>
    run(ground().arms, { command: { script, shell: 'auto', timeout_s: 1 }, ...change });
  const onlyCandidate = (bad: string) => `echo METRIC n=1; if [ $ARM = candidate ]; then ${bad}; fi`;

  it.each([
    ['exit', onlyCandidate('echo broken >&2; exit 7'), 'exit code 7'],
    ['timeout', onlyCandidate('sleep 9'), 'not done after 1 s'],
    ['left_behind', onlyCandidate('{ sleep 9 & }'), 'leaves a background process behind'],
    ['metric_twice', onlyCandidate('echo METRIC n=2'), 'printed twice'],
  ])('ends the session and names the arm: %s', async (code, script, reason) => {
    const { session, samples } = await fails(script);
    expect(session).toMatchObject({ state: 'failed_run', arm: 'candidate', code });
    expect(session.state === 'failed_run' && session.reason).toContain(reason);
    expect(samples.every((sample) => sample.arm === 'base')).toBe(true);
  });

  it('reports the end of stderr', async () => {
    expect((await fails(onlyCandidate('echo broken >&2; exit 7'))).session).toMatchObject({ stderr: 'broken\n' });
  });

  it('may be a metric, an output or a preparation as well', async () => {
    expect((await fails('echo METRIC n=nan')).session).toMatchObject({ arm: 'base', code: 'metric_missing' });
    const output = { same_output: { json: 'sum' } };
    expect((await fails('echo METRIC n=1', output)).session).toMatchObject({ code: 'output_missing' });
    const prepared = { before_each: 'echo no space >&2; exit 1' };
    expect((await fails('true', prepared)).session).toMatchObject({ code: 'before_each', stderr: 'no space\n' });
  });
});

it('reads a file that each execution writes anew, and refuses one that only the first wrote', async () => {
  const source = { file: 'out.json', key: 'ms' } as const;
  const metrics = [{ name: 'ms', unit: 'ms', source }];
  const command = (script: string) => ({
    command: { script, shell: 'auto' as const, timeout_s: 10 },
    metrics,
    looks: [1],
  });
  expect((await run(ground().arms, command(`echo '{"ms":3}' > out.json`))).samples.map((s) => s.metrics.ms)).toEqual([
    3, 3, 3, 3,
  ]);
  const { arms } = ground();
  for (const arm of Object.values(arms)) writeFileSync(join(arm.dir, 'out.json'), '{"ms":3}');
  expect((await run(arms, command('true'))).session).toMatchObject({ state: 'failed_run', code: 'metric_missing' });
});
