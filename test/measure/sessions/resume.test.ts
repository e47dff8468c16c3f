import { expect, it } from 'vitest';
import { stepsOf } from '../../../src/measure/sessions/plan.ts';
import { ground, plan, run } from './session-setup.ts';

const steps = stepsOf(plan, ['base', 'candidate']);

/** Runs until `count` samples were taken, then interrupts between two executions. */
async function interrupted(arms: ReturnType<typeof ground>['arms'], count: number) {
  const abort = new AbortController();
  let taken = 0;
  const onSample = () => {
    if (++taken === count) abort.abort();
    return 'continue' as const;
  };
  return run(arms, {}, { onSample }, abort.signal);
}

it('an interrupted session continues in the same order, without repeating a measured execution', async () => {
  const { arms, log } = ground();
  const first = await interrupted(arms, 5);
  expect(first.session).toMatchObject({ state: 'aborted', samples: { length: 5 } });
  expect(log()).toHaveLength(5);

  const second = await run(arms, {}, { already: first.samples });
  expect(second.samples.map(({ index }) => index)).toEqual([5, 6, 7, 8, 9]);
  expect(second.session).toMatchObject({ state: 'complete', samples: [...first.samples, ...second.samples] });
  expect(second.looks).toEqual([4]); // the look is asked again, with the samples from before among the new
  expect(log()).toHaveLength(steps.length + 2); // both arms are warmed up again, which is not recorded
});

it('a session that was complete is complete again, without any execution', async () => {
  const { arms, log } = ground();
  const first = await run(arms);
  const before = log().length;
  const again = await run(arms, {}, { already: first.samples });
  expect(again.session).toMatchObject({ state: 'complete', pairs: { length: 4 } });
  expect(again.samples).toEqual([]);
  expect(log()).toHaveLength(before);
});

it('samples of another instrument are refused', async () => {
  const { arms } = ground();
  const first = await interrupted(arms, 3);
  const already = first.samples.map((sample) => ({ ...sample, method: 'plain' as const }));
  await expect(run(arms, {}, { already })).rejects.toMatchObject({ code: 'instrument_changed' });
});

it('an abort in the middle of an execution ends it at once and gives no sample of it', async () => {
  const { arms } = ground();
  const abort = new AbortController();
  const command = { script: 'sleep 30', shell: 'auto' as const, timeout_s: 60 };
  setTimeout(() => abort.abort(), 200);
  const { session, samples } = await run(arms, { command }, {}, abort.signal);
  expect(session).toEqual({ state: 'aborted', samples: [] });
  expect(samples).toEqual([]);
}, 20_000);
