import type { Effect, Story, StoryAttempt, StoryContract } from '../../src/report/story/story.ts';
import { around } from './around.ts';

export const contract: StoryContract = {
  domain: 'cli_startup',
  script: 'node bench.mjs --rows 20000 | tail -1',
  primary: { name: 'wall_ms', unit: 'ms', lower_is_better: true, source: 'wall' },
  threshold: 'at least 10 %',
  threshold_pct: 10,
  threshold_absolute: null,
  significance_required: true,
  test: 'mann_whitney',
  alpha: 0.05,
  claim: 'proven',
  confirm: true,
  isolation: 'copy',
  order: 'interleaved',
  watchdogs: [
    { name: 'peak_rss_mb', unit: 'MB', lower_is_better: true, margin_pct: 10 },
    { name: 'rows_per_s', unit: '/s', lower_is_better: false, margin_pct: 5 },
  ],
  guards: [
    { label: 'correctness', value: 'npm test' },
    { label: 'same output', value: 'json: checksum' },
    { label: 'protected', value: 'bench.mjs, test/**' },
  ],
};

export function effect(changes: Partial<Effect> = {}): Effect {
  return {
    baseline: 412,
    candidate: 318.4,
    improvement_pct: 22.7,
    improvement: 93.6,
    ci95_pct: [20.9, 24.2],
    ci95: [86.1, 99.7],
    lower_bound_pct: 21.1,
    lower_bound: 86.9,
    p: 0.000_31,
    n_base: 8,
    n_candidate: 8,
    ...changes,
  };
}

/** The simplest valid attempt; a test changes one thing. */
export function attempt(changes: Partial<StoryAttempt> = {}): StoryAttempt {
  return {
    attempt: 1,
    hotspot: 'parseRows src/report.ts:42',
    predicted_pct: null,
    verdict: 'accepted',
    word: changes.verdict ?? 'accepted',
    caveats: [],
    reasons: ['the confirmation proves at least 21.1 % against the threshold of 10 %'],
    primary: effect(),
    screen: { base: around(414, 5, 8), candidate: around(320, 6, 8) },
    confirmation: { base: around(412, 5, 8), candidate: around(318.4, 6, 8) },
    watchdogs: [
      {
        name: 'peak_rss_mb',
        verdict: 'pass',
        regression_pct: 1.2,
        ci95_pct: [-0.4, 2.9],
        margin_pct: 10,
        baseline: 84.1,
        candidate: 85.1,
      },
      {
        name: 'rows_per_s',
        verdict: 'pass',
        regression_pct: -28.4,
        ci95_pct: [-31, -26.2],
        margin_pct: 5,
        baseline: 48_500,
        candidate: 62_270,
      },
    ],
    commit: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
    ref: 'refs/perf-gate/20260301-0912-report/attempts/1',
    diffstat: ' src/report.ts | 14 ++++++--------\n 1 file changed, 6 insertions(+), 8 deletions(-)\n',
    patch: [
      'diff --git a/src/report.ts b/src/report.ts',
      '--- a/src/report.ts',
      '+++ b/src/report.ts',
      '@@ -42,3 +42,3 @@ function parseRows(text) {',
      '-  return text.split("\\n").map((l) => l.split(",")).filter((c) => c.length > 1);',
      '+  return [...rowsOf(text)];',
      ' }',
    ].join('\n'),
    duration_s: 312,
    notes: [],
    ...changes,
  };
}

/** A whole run with one attempt of every kind. */
export function story(changes: Partial<Story> = {}): Story {
  return {
    run: '20260301-0912-report',
    task: 'Make the monthly report start faster',
    outcome: 'accepted',
    branch: 'perf-gate/report',
    started_at: '2026-03-01T09:12:04.000Z',
    finished_at: '2026-03-01T10:19:44.000Z',
    repository: {
      base_commit: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
      final_commit: '9c8b7a6f5e4d3c2b1a09f8e7d6c5b4a39c8b7a6f',
      project: 'examples/slow-report',
    },
    environment: [
      { label: 'CPU', value: 'AMD EPYC 7543, 2 cores' },
      { label: 'Load at start', value: '0.42' },
      { label: 'Runtime', value: 'node v20.20.2' },
      { label: 'Instrument', value: 'stopwatch (C)' },
    ],
    contract,
    warnings: ['the frequency governor is “powersave”', 'another process used 0.6 of a core during the remeasure'],
    baseline: { median: 412.6, spread_pct: 2.4, n: 16, resolvable_pct: 13.5, samples: around(412.6, 6, 16) },
    profile: [
      {
        failed: null,
        state: 'profiled',
        note: 'node --cpu-prof, 1834 samples',
        table: [
          {
            rank: 1,
            function: 'parseRows',
            file: 'src/report.ts',
            line: 42,
            self_pct: 31.4,
            total_pct: 44.2,
            ceiling_pct: 44.2,
          },
          {
            rank: 2,
            function: 'renderCell',
            file: 'src/cell.ts',
            line: 7,
            self_pct: 18,
            total_pct: 22.5,
            ceiling_pct: 22.5,
          },
          {
            rank: 3,
            function: '(garbage collector)',
            file: null,
            line: null,
            self_pct: 9.1,
            total_pct: 9.1,
            ceiling_pct: null,
          },
        ],
      },
    ],
    attempts: [attempt(), tooMuchMemory(), undecided(), second(), broken()],
    total: {
      ...effect({
        candidate: 223.9,
        improvement_pct: 45.6,
        improvement: 188.1,
        ci95_pct: [44.1, 47],
        lower_bound_pct: 44.3,
      }),
      p: 0.000_08,
      n_base: 12,
      n_candidate: 12,
      samples: { base: around(412, 5, 12), candidate: around(223.9, 6, 12) },
      product_of_gains_pct: 47.3,
    },
    ...changes,
  };
}

function tooMuchMemory(): StoryAttempt {
  const [memory, rows] = attempt().watchdogs;
  return attempt({
    attempt: 2,
    hotspot: 'renderCell src/cell.ts:7',
    verdict: 'rejected',
    reasons: ['peak_rss_mb is 41.0 % worse, and at most 10 % is allowed', 'the primary metric passed the screen'],
    primary: effect({
      baseline: 319,
      candidate: 262,
      improvement_pct: 17.9,
      improvement: 57,
      ci95_pct: [15.8, 19.6],
      lower_bound_pct: 16,
    }),
    screen: { base: around(319, 5, 14), candidate: around(262, 5, 14) },
    confirmation: null,
    watchdogs: [
      { ...memory!, verdict: 'fail', regression_pct: 41, ci95_pct: [38.2, 44.1], baseline: 85, candidate: 119.9 },
      {
        ...rows!,
        verdict: 'undecided',
        regression_pct: 4.1,
        ci95_pct: [-2.2, 9.8],
        baseline: 62_270,
        candidate: 59_720,
      },
    ],
    commit: null,
    ref: 'refs/perf-gate/20260301-0912-report/attempts/2',
    notes: ['a cache of all cells is kept alive for the whole run'],
  });
}

function undecided(): StoryAttempt {
  return attempt({
    attempt: 3,
    hotspot: 'sortKeys src/keys.ts:88',
    verdict: 'inconclusive',
    reasons: ['after 20 pairs the interval still holds the threshold of 10 %; about 34 pairs would decide'],
    primary: effect({
      baseline: 318,
      candidate: 290,
      improvement_pct: 8.8,
      improvement: 28,
      ci95_pct: [3.1, 14.2],
      lower_bound_pct: 4,
      p: 0.19,
      n_base: 20,
      n_candidate: 20,
    }),
    screen: { base: around(318, 14, 20), candidate: around(290, 16, 20) },
    confirmation: null,
    watchdogs: [],
    commit: null,
    ref: 'refs/perf-gate/20260301-0912-report/attempts/3',
  });
}

function second(): StoryAttempt {
  return attempt({
    attempt: 4,
    hotspot: 'loadConfig src/config.ts:3',
    reasons: ['the confirmation proves at least 30.4 % against the threshold of 10 %'],
    primary: effect({
      baseline: 319,
      candidate: 217.5,
      improvement_pct: 31.8,
      improvement: 101.5,
      ci95_pct: [29.9, 33.5],
      lower_bound_pct: 30.4,
    }),
    screen: null,
    confirmation: { base: around(319, 5, 8), candidate: around(217.5, 6, 8) },
    commit: '9c8b7a6f5e4d3c2b1a09f8e7d6c5b4a39c8b7a6f',
    ref: 'refs/perf-gate/20260301-0912-report/attempts/4',
  });
}

/** A guard failed before anything was measured. */
export function broken(): StoryAttempt {
  return attempt({
    attempt: 5,
    hotspot: 'whole program',
    verdict: 'rejected',
    reasons: ['the correctness guard failed: npm test exited with 1'],
    primary: null,
    screen: null,
    confirmation: null,
    watchdogs: [],
    commit: null,
    ref: 'refs/perf-gate/20260301-0912-report/attempts/5',
    duration_s: 21,
  });
}
