import type { Audit, AuditedEvent, AuditedHook } from '../../../src/sentinel/audit/audit.ts';
import type { Benchmark } from '../../../src/sentinel/benchmark/benchmark.ts';

const hook = (id: string, event: string, runs_ms: number[], change: Partial<AuditedHook> = {}): AuditedHook => ({
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
  ...change,
});

const set = (event: string, matched: string | null, parts: AuditedEvent['runs'][number]['parts']): AuditedEvent => {
  const makespan_ms = Math.max(...parts.map(({ start_ms, wall_ms }) => start_ms + wall_ms));
  const run = { makespan_ms, cpu_ms: 12, parts };
  return { event, matched, hooks: parts.map(({ id }) => id), makespan_ms, cpu_ms: 12, runs: [run, run, run] };
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
    effort: i + 1,
    priority: 1,
  })),
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
  cage: { level: 'none', why: 'only their texts were looked at' },
});

export const emptyAudit = (): Audit => ({
  ...staticAudit(),
  hooks: [],
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
  hooks: [
    ...['projman/SessionStart/startup-check.sh', 'b/PostToolUse/a-hook-with-quite-a-long-name-of-its-own.sh'].map(
      (id, i) => ({
        id,
        plugin: id.split('/')[0]!,
        event: id.split('/')[1]!,
        command: '…/hooks/run.sh',
        state: 'run' as const,
        runs: 20,
        runs_ms: walls.map((wall) => wall * (i + 1)),
        ...figures,
        cpu_ms: 12,
        max_rss_kb: i === 0 ? null : 3456,
        stdout_bytes: 131,
        stderr_bytes: 0,
        cold_ms: i === 0 ? null : 171,
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

const nasty = `<script>alert('x')</script> "quoted" & ]]> --> | \`tick\` </style></title></svg> @everyone [a](javascript:b) \u001b[2J\u202e`;

/** The same data with every text from outside replaced by one that wants to be markup. */
export function poisoned<T>(value: T, key = ''): T {
  const ours = ['rule', 'severity', 'kind', 'code', 'state', 'level', 'walls', 'network', 'grade', 'type'];
  if (typeof value === 'string') return (ours.includes(key) ? value : nasty) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)])) as T;
}
