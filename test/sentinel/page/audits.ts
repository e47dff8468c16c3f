import type { Audit, AuditedEvent, AuditedHook } from '../../../src/sentinel/audit/audit.ts';

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

/** The same audit without runs, and an audit without hooks. */
export const staticAudit = (): Audit => ({
  ...madeAudit(),
  hooks: madeAudit().hooks.map((one) => ({ ...hook(one.id, one.event, []), dead: one.dead })),
  events: [],
  days_of_use: 0,
  cage: { level: 'none', why: 'only the scripts were read' },
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
