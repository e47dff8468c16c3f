import { expect, it } from 'vitest';
import { contractSchema } from '../../src/contract/schema/contract.ts';
import { withScript } from '../../src/contract/suite.ts';
import { commandsOf } from '../../src/experiment/suite.ts';
import { type MeasuredCommand, suiteJudge } from '../../src/experiment/suite-judge.ts';
import type { Sample } from '../../src/measure/sessions/sample.ts';

const contract = contractSchema.parse(
  withScript({
    version: 1,
    repro: { measurement_runs: 6, max_runs: 12 },
    metrics: { primary: { name: 'n', source: { stdout: 'metric', key: 'n' } } },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    benchmarks: ['steady', 'wild', 'broken'].map((name) => ({ name, repro: { script: name } })),
  }),
);

/** Pairs of values: of `wild` one arm is now ahead and now behind, by half. */
const pair = (name: string | null, nth: number): Sample[] =>
  (['base', 'candidate'] as const).map((arm, i) => {
    const n = 1000 + (name === 'wild' ? 500 * ((nth + i) % 2) : 0.1 * nth);
    return { pair: nth, arm, warmup: false, metrics: { n } } as unknown as Sample;
  });

it('counts the benchmarks that need no more executions', () => {
  const commands: MeasuredCommand[] = commandsOf(contract).map((one) => ({
    ...one,
    samples: [],
    broken: null,
    onlyIn: null,
  }));
  const judge = suiteJudge(contract, commands);
  expect(judge.decided()).toEqual({ done: 0, of: 0 });
  let present: readonly number[] = judge.next(0, [0, 1, 2]);
  expect(judge.decided()).toEqual({ done: 0, of: 3 });
  commands[2]!.broken = { code: 'candidate_failed', text: 'exit code 7' };
  expect(judge.decided()).toEqual({ done: 1, of: 3 });
  present = present.filter((i) => i !== 2);
  for (let round = 1; round <= 6; round++) {
    for (const i of present) commands[i]!.samples.push(...pair(commands[i]!.name, round));
    present = judge.next(round, present);
  }
  expect([present, judge.decided()]).toEqual([[1], { done: 2, of: 3 }]);
});
