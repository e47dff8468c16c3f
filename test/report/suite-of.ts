import { contractSchema } from '../../src/contract/schema/contract.ts';
import type { RecordedBenchmark, SuiteComparison } from '../../src/record/suite.ts';

const benchmark = (change: Partial<RecordedBenchmark>): RecordedBenchmark => ({
  name: 'parse',
  unit: 'ms',
  lower_is_better: true,
  claim: 'no_worse',
  threshold_pct: 3,
  answer: 'held',
  better: false,
  failed: null,
  baseline: 101.2,
  candidate: 101.9,
  improvement_pct: -0.5,
  ci95_pct: [-1.3, 0.3],
  p: { for: 0.001, against: 0.8, gain: 0.9 },
  pairs: 6,
  unseen: null,
  ...change,
});

const failed = { code: 'candidate_failed', reason: 'exit code 7', last_words: 'no such file' } as const;
const unmeasured = { baseline: null, candidate: null, improvement_pct: null, ci95_pct: null, p: null, pairs: 0 };

/** A suite in which everything happened, with names that no page may take for markup; `more`: further benchmarks. */
export function suiteOf(more = 0): SuiteComparison {
  return {
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    names: { base: 'main', head: '<script>alert(1)</script>' },
    protected_from_base: ['bench/parse.mjs'],
    laid_over: [],
    verdict: 'rejected',
    broken: null,
    benchmarks: [
      benchmark({}),
      benchmark({
        name: '<img src=x onerror=alert(1)>',
        answer: 'regressed',
        improvement_pct: -14.5,
        ci95_pct: [-15.3, null],
      }),
      benchmark({
        name: `sort ${'of many elements '.repeat(4)}`,
        answer: 'proven',
        claim: 'proven',
        threshold_pct: 10,
        improvement_pct: 16.5,
        ci95_pct: [16.3, 16.7],
      }),
      benchmark({ name: 'blind', unseen: [{ path: 'src/lib.mjs', lines: [3, 4] }] }),
      benchmark({ name: 'broken', answer: 'failed', failed, ...unmeasured }),
      ...Array.from({ length: more }, (_, i) => benchmark({ name: `one of many ${i}`, answer: 'undecided' })),
    ],
    added: ['new'],
    removed: ['old'],
    geometric_mean: { improvement_pct: 0.4, ci95_pct: [-0.1, 0.9] },
    looks: [{ n: 6, share: 0.2 }],
    alpha: 0.05,
    samples: {},
    executions: 48,
    method: 'native',
    environment: null,
    contract: contractSchema.parse({
      version: 1,
      repro: { script: 'true' },
      metrics: { primary: { name: 'wall_ms', source: 'wall' } },
      claim: 'no_worse',
      threshold: { no_worse_pct: 3 },
    }),
    contract_hash: 'c'.repeat(64),
    started_at: '2026-11-30T09:00:00.000Z',
    finished_at: '2026-11-30T09:00:40.000Z',
  };
}
