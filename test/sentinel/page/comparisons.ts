import type { Change } from '../../../src/sentinel/compare/judge.ts';
import type { Comparison } from '../../../src/sentinel/compare/result.ts';
import { about } from './about.ts';

const walls = Array.from({ length: 20 }, (_, i) => 60 + ((i * 37) % 90));

const change = (metric: 'wall' | 'cpu', by: number): Change => ({
  metric,
  baseline: 100,
  current: 100 + by,
  change_pct: by,
  ci95_pct: [by - 4, by > 500 ? null : by + 4],
  lower_bound_pct: by - 5,
  upper_bound_pct: by + 3,
  p: 0.0002,
  runs: 20,
  samples: { baseline: walls, current: walls.map((wall) => wall * (1 + by / 100)) },
});

const row = { decided_in: 2 as const, in_turn: true };

/** A comparison with every outcome; `verdict` is the most severe. */
export const madeComparison = (): Comparison => ({
  baseline: { name: 'v5.4.0', timestamp: '2026-02-01T00:00:00.000Z' },
  current: { name: 'v5.5.0', timestamp: about.at },
  threshold_pct: 10,
  runs: [10, 20],
  seed: 'compare v5.4.0',
  verdict: 'regressed',
  hook_count: { baseline: 5, current: 6 },
  hook_lines: { baseline: 1493, current: 1500 },
  events: [
    {
      key: 'a',
      event: 'SessionStart',
      matched: 'startup',
      wait: 'session_startup',
      outcome: 'regressed',
      ...row,
      changes: [change('cpu', 26), change('wall', 22)],
    },
    {
      key: 'b',
      event: 'PreToolUse',
      matched: 'Bash',
      wait: null,
      outcome: 'held',
      ...row,
      decided_in: 1,
      changes: [change('wall', -5)],
    },
  ],
  hooks: [
    {
      id: 'projman/SessionStart/startup-check.sh',
      event: 'SessionStart',
      outcome: 'regressed',
      ...row,
      changes: [change('wall', 1338)],
      execs: { baseline: 5, current: 9 },
      unlike: null,
    },
    {
      id: 'a/PostToolUse/flagged.sh',
      event: 'PostToolUse',
      outcome: 'flagged',
      ...row,
      changes: [change('wall', 7)],
      execs: { baseline: null, current: null },
      unlike: null,
    },
    {
      id: 'b/Stop/open.sh',
      event: 'Stop',
      outcome: 'undecided',
      ...row,
      in_turn: false,
      changes: [change('wall', 3)],
      execs: { baseline: 1, current: 1 },
      unlike: null,
    },
    {
      id: 'c/Stop/slow.sh',
      event: 'Stop',
      outcome: 'unlike',
      ...row,
      changes: [],
      execs: { baseline: 1, current: null },
      unlike: { baseline: 'ok', current: 'timed_out' },
    },
    {
      id: 'd/Stop/same.sh',
      event: 'Stop',
      outcome: 'same',
      ...row,
      changes: [],
      execs: { baseline: null, current: null },
      unlike: null,
    },
  ],
  causes: [
    {
      id: 'projman/SessionStart/startup-check.sh',
      event: 'SessionStart',
      kind: 'changed',
      what: ['files'],
      own_script: true,
      change_ms: 134,
      execs: { baseline: 5, current: 9 },
      programs: { git: 4 },
      new_hosts: ['tracker.example'],
      shares: [{ event: 'a', matched: null, wait: 'session_startup', ms: 120 }],
      diffs: [
        {
          file: '/plugins/projman/hooks/startup-check.sh',
          how: 'changed',
          is_run: true,
          lines: ['@@ -1 +1 @@', '-exit 0', '+git log'],
        },
      ],
    },
  ],
  files_gone: ['b/Stop/open.sh'],
  cage: { level: 'overlay', walls: 'namespaces', network: 'sink', state: 'warm', masked: [] },
});

/** The same hooks: nothing was run. */
export const unchangedComparison = (): Comparison => ({
  ...madeComparison(),
  verdict: 'held',
  events: [],
  hooks: madeComparison().hooks.slice(-1),
  causes: [],
  files_gone: [],
  cage: null,
});
