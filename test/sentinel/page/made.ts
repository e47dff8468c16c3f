import type { Audit, AuditedEvent, AuditedHook } from '../../../src/sentinel/audit/audit.ts';
import type { Benchmark } from '../../../src/sentinel/benchmark/benchmark.ts';
import type { Change } from '../../../src/sentinel/compare/judge.ts';
import type { Comparison } from '../../../src/sentinel/compare/result.ts';

const hook = (
  id: string,
  event: string,
  runs_ms: number[],
  change: Partial<AuditedHook> = {},
): Audit['hooks'][number] => ({
  id,
  plugin: id.split('/')[0]!,
  event,
  matcher: null,
  command: `…/hooks/${id.split('/').at(-1)}`,
  async: false,
  wall_ms: runs_ms.length === 0 ? null : [...runs_ms].sort((a, b) => a - b)[Math.floor(runs_ms.length / 2)]!,
  cpu_ms: runs_ms.length === 0 ? null : 4.2,
  runs_ms,
  execs: runs_ms.length === 0 ? null : 5,
  stdout_bytes: runs_ms.length === 0 ? null : 131,
  dead: null,
  findings: [],
  outcomes: runs_ms.map(() => 'ok'),
  minutes_a_day: runs_ms.length === 0 ? null : runs_ms[0]! / 100,
  ...change,
});

const set = (
  event: string,
  matched: string | null,
  parts: AuditedEvent['runs'][number]['parts'],
): Audit['events'][number] => {
  const makespan_ms = Math.max(...parts.map(({ start_ms, wall_ms }) => start_ms + wall_ms));
  const run = { makespan_ms, cpu_ms: 12, parts };
  return {
    event,
    matched,
    hooks: parts.map(({ id }) => id),
    makespan_ms,
    cpu_ms: 12,
    runs: [run, run, run],
    minutes_a_day: 2,
  };
};

/** An audit with hooks of every kind: slow, fast, in the background, broken, dead and not run. */
export const madeAudit = (): Audit => ({
  hooks: [
    hook('projman/SessionStart/startup-check.sh', 'SessionStart', [812, 790, 841], { findings: ['project-walk'] }),
    hook('a-plugin-with-a-long-name/SessionStart/1', 'SessionStart', [2, 3, 2.5], { command: "echo 'loaded'" }),
    hook('later/SessionStart/notify.sh', 'SessionStart', [950, 930, 990], { async: true }),
    hook('tidy/PostToolUse/tidy.sh', 'PostToolUse', [0.4, 0.5, 0.4], { outcomes: ['broken', 'broken', 'broken'] }),
    hook('user/PostToolUse/1', 'PostToolUse', [], { plugin: null, command: 'HTTP https://example.org/' }),
    hook('quiet/Stop/quiet.sh', 'Stop', [], { dead: { code: 'shape', expected: 'a group: `{ "hooks": [ … ] }`' } }),
  ],
  events: [
    set('SessionStart', 'startup', [
      { id: 'projman/SessionStart/startup-check.sh', start_ms: 0, wall_ms: 830 },
      { id: 'a-plugin-with-a-long-name/SessionStart/1', start_ms: 4, wall_ms: 3 },
      { id: 'later/SessionStart/notify.sh', start_ms: 2, wall_ms: 960 },
    ]),
    set('PostToolUse', 'Edit', [{ id: 'tidy/PostToolUse/tidy.sh', start_ms: 0, wall_ms: 0.4 }]),
  ],
  not_measured: [
    {
      event: 'PostToolUse',
      matched: 'Bash',
      hooks: ['tidy/PostToolUse/tidy.sh'],
      because: ['tidy/PostToolUse/tidy.sh'],
    },
  ],
  findings: [
    {
      rule: 'project-walk',
      severity: 'high',
      hook: 'projman/SessionStart/startup-check.sh',
      lines: [
        { file: '/plugins/projman/hooks/startup-check.sh', line: 3 },
        { file: '/plugins/projman/hooks/startup-check.sh', line: 7 },
      ],
      facts: {},
      title: 'The hook walks through the whole project',
      advice: 'Look at the file of the event alone, as `tool_input.file_path` names it.',
    },
  ],
  redundancy: [
    {
      kind: 'command',
      what: 'git remote get-url origin',
      hooks: ['projman/SessionStart/startup-check.sh', 'later/SessionStart/notify.sh'],
      lines: [{ file: '/plugins/later/hooks/notify.sh', line: 2 }],
    },
  ],
  recommendations: Array.from({ length: 9 }, (_, i) => ({
    title: `projman: change number ${i + 1}, or run it with \`async\``,
    rule: 'project-walk',
    hooks: ['projman/SessionStart/startup-check.sh'],
    files: ['/plugins/projman/hooks/startup-check.sh'],
    impact_ms: i < 5 ? 100 - i : null,
    minutes_a_day: i < 2 ? 1.5 : null,
    effort: i + 1,
    priority: 1,
  })),
  days_of_use: 14,
  score: 57,
  grade: 'D',
  coverage: 0.75,
  cage: { level: 'overlay', walls: 'namespaces', network: 'sink', state: 'warm', masked: ['~/.ssh'] },
  problems: [{ code: 'not_installed', plugin: 'gone@market', file: '/home/me/.claude/settings.json' }],
});

/** The same place with nothing run, and a place without a hook. */
export const staticAudit = (): Audit => ({
  ...madeAudit(),
  hooks: madeAudit().hooks.map((one) => ({ ...hook(one.id, one.event, []), dead: one.dead })),
  events: [],
  days_of_use: 0,
  cage: { level: 'none', why: 'only their texts were looked at' },
});

export const emptyAudit = (): Audit => ({
  ...staticAudit(),
  hooks: [],
  not_measured: [],
  findings: [],
  redundancy: [],
  recommendations: [],
  problems: [],
  score: 100,
  grade: 'A+',
});

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
        breakdown: null,
        hosts: [],
        before: null,
        load: i === 0 ? null : { users: 5, requests: 10, ...figures, runs_ms: walls },
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

export const about = { place: '/plugins', at: '2026-03-01T09:12:00.000Z' };

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

/** A comparison with every outcome; `verdict` is the gravest. */
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

const nasty = `<script>alert('x')</script> "quoted" & ]]> --> | \`tick\` </style></title></svg> @everyone [a](javascript:b) \u001b[2J\u202e`;

/** The same data with every text from outside replaced by one that wants to be markup. */
export function poisoned<T>(value: T, key = ''): T {
  const ours = [
    'rule',
    'severity',
    'kind',
    'code',
    'state',
    'level',
    'walls',
    'network',
    'grade',
    'type',
    'outcome',
    'wait',
    'verdict',
    'metric',
    'what',
    'how',
  ];
  if (typeof value === 'string') return (ours.includes(key) ? value : nasty) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)])) as T;
}
