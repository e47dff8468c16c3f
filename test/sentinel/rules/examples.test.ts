import { beforeAll, expect, test } from 'vitest';
import { discover } from '../../../src/sentinel/discover/discover.ts';
import { type Finding, findings } from '../../../src/sentinel/rules/findings.ts';
import { type Redundancy, redundancy } from '../../../src/sentinel/rules/redundancy.ts';
import { readHook } from '../../../src/sentinel/shell/read-hook.ts';
import type { Script } from '../../../src/sentinel/shell/script.ts';
import { around } from '../hooks.ts';

/** The findings in the scripts of examples/hooks, without running any. */
let found: Finding[];
let repeated: Redundancy[];

const pluginOf = (id: string) => id.slice(0, id.indexOf('/'));

beforeAll(async () => {
  const { hooks } = discover({ cwd: '/', env: {}, plugins: `${process.cwd()}/examples/hooks` });
  const scripts = new Map<string, Script>();
  for (const hook of hooks) scripts.set(hook.id, await readHook(hook, around));
  found = findings(hooks, scripts, null);
  repeated = redundancy(hooks, scripts);
});

test('the findings of the examples', () => {
  const lines = found.map(
    ({ rule, hook, lines: places }) => `${hook}: ${rule} ${places.map(({ line }) => line).join(' ')}`,
  );
  expect(lines.sort()).toEqual([
    'cmdb-assistant/SessionStart/startup-check.sh: http-in-session-start 12',
    'cmdb-assistant/SessionStart/startup-check.sh: timeout-in-ms 9',
    'contract-validator/PostToolUse/breaking-change-check.sh: no-early-exit 3 4 7 8 9 10',
    'doc-guardian/PostToolUse/notify.sh: dead-shape 6',
    'git-flow/PreToolUse/branch-check.sh: broad-matcher 9',
    'git-flow/PreToolUse/branch-check.sh: no-early-exit 3 4 5',
    'git-flow/PreToolUse/commit-msg-check.sh: broad-matcher 14',
    'git-flow/PreToolUse/commit-msg-check.sh: interpreter-for-json 3',
    'project-hygiene/PostToolUse/cleanup.sh: project-walk 5 6',
    'projman/SessionStart/startup-check.sh: duplicate-work 12 3',
    'projman/SessionStart/startup-check.sh: duplicate-work 8 8 7',
    'projman/SessionStart/startup-check.sh: http-in-session-start 17 18',
    'projman/SessionStart/startup-check.sh: no-timeout 8',
    'session-janitor/PreToolUse/guard.sh: dead-matcher 9',
    'session-janitor/Stop/sweep.sh: blocking-without-use 20',
    'viz-platform/SessionStart/1: blocking-without-use 8',
  ]);
});

test('the repeated work of the examples', () => {
  expect(repeated.map(({ kind, what, hooks }) => `${kind} ${what}: ${hooks.map(pluginOf).join(' ')}`)).toEqual([
    'command git remote get-url origin: projman pr-review',
    'check test -x …/bin/python: projman cmdb-assistant data-platform',
    'json reading the event’s JSON: contract-validator git-flow git-flow',
  ]);
});
