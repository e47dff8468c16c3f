import type { Benchmark } from '../../../src/sentinel/benchmark/benchmark.ts';
import { about } from './about.ts';

const walls = Array.from({ length: 20 }, (_, i) => 60 + ((i * 37) % 90));
const spread = { mean: 100, sd: 20, min: 60, max: 149, p50: 98, p95: 140, p99: 148 };
const figures = { wall: spread, within_usual: 0.5, within_stretch: 0, success: 0.95, feedback: 1, consistency: 0.8 };

export const madeBenchmark = (): Benchmark => ({
  scenario: 'complex-write',
  hooks: [
    ...['projman/SessionStart/startup-check.sh', 'b/PostToolUse/a-hook-with-quite-a-long-name-of-its-own.sh'].map(
      (id, i) => ({
        id,
        plugin: id.split('/')[0]!,
        event: id.split('/')[1]!,
        command: '…/hooks/run.sh',
        state: 'run' as const,
        runs: 20,
        outcomes: { ok: 19, timed_out: 1 },
        inputs:
          i === 0
            ? [{ input: 'PostToolUse.Edit', wall_ms: 98 }]
            : [
                { input: 'a', wall_ms: 1 },
                { input: 'b', wall_ms: 2 },
              ],
        runs_ms: walls.map((wall) => wall * (i + 1)),
        ...figures,
        cpu_ms: 12,
        max_rss_kb: i === 0 ? null : 3456,
        stdout_bytes: 131,
        stderr_bytes: 0,
        cold_ms: i === 0 ? null : 171,
        load: i === 0 ? null : { users: 5, requests: 10, ...figures, runs_ms: walls },
        breakdown:
          i === 0
            ? {
                traced_ms: 400,
                kinds: { network: 300, files: 60, processes: 40, computing: 0, waiting: 0 },
                programs: [{ program: 'curl', ms: 300 }],
              }
            : null,
        hosts: i === 0 ? ['tracker.example'] : [],
        before: i === 0 ? { at: about.at, p50: 40, change_pct: 145, worse: true } : null,
        score: 61 + 30 * i,
        grade: i === 0 ? ('C' as const) : ('A' as const),
      }),
    ),
    {
      id: 'c/Stop/1',
      plugin: 'c',
      event: 'Stop',
      command: 'HTTP',
      state: 'not_run',
      why: { code: 'handler', type: 'http' },
    },
  ],
  cage: { level: 'overlay', walls: 'namespaces', network: 'sink', state: 'warm', masked: [] },
});
