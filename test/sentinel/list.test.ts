import { resolve } from 'node:path';
import { expect, it, test } from 'vitest';
import { command } from '../../src/cli/commands/sentinel/list.ts';
import type { Discovery } from '../../src/sentinel/discover/discover.ts';
import type { Together } from '../../src/sentinel/discover/sets.ts';
import { call } from '../helpers/call.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import { folderWith, on } from './discover/place.ts';

const examples = resolve('examples/hooks');
const perfgate = perfGate();

/** The examples' hooks; `dead`: the code of the reason. */
const expected = [
  'projman/SessionStart/startup-check.sh',
  'cmdb-assistant/SessionStart/startup-check.sh',
  'contract-validator/SessionStart/auto-validate.sh',
  'contract-validator/PostToolUse/breaking-change-check.sh',
  'data-platform/SessionStart/startup-check.sh',
  'data-platform/PostToolUse/schema-diff-check.sh',
  'claude-config-maintainer/SessionStart/enforce-rules.sh',
  'pr-review/SessionStart/startup-check.sh',
  'viz-platform/SessionStart/1',
  'project-hygiene/PostToolUse/cleanup.sh',
  'doc-guardian/PostToolUse/notify.sh dead: shape',
  'git-flow/PreToolUse/branch-check.sh',
  'git-flow/PreToolUse/commit-msg-check.sh',
  'clarity-assist/UserPromptSubmit/vagueness-check.sh',
  'session-janitor/PreToolUse/guard.sh dead: matcher',
  'session-janitor/Stop/sweep.sh',
];

it('finds the sixteen hooks of the twelve example plugins, the dead ones with their reasons, and what runs at once', async () => {
  const { code, out } = await call(command, { cwd: temporaryFolder() }, [], { plugins: examples, json: true });
  const { hooks, together, problems } = JSON.parse(out) as Discovery & { together: Together[] };
  expect(hooks.map(({ id, dead }) => (dead ? `${id} dead: ${dead.code}` : id))).toEqual(expected);
  expect(new Set(hooks.map(({ plugin }) => plugin)).size).toBe(12);
  expect([code, problems]).toEqual([0, []]);
  expect(hooks[1]).toMatchObject({ matcher: 'startup|resume', timeout_s: { written: 10000, effective: 10000 } });
  expect(hooks[10]!.dead).toMatchObject({ expected: 'a group around the handler: `{ "hooks": [ … ] }`' });
  expect(together.map(({ event, values, hooks: at }) => [event, values.slice(0, 2), at.length])).toEqual([
    ['SessionStart', ['startup'], 7],
    ['SessionStart', ['resume'], 5],
    ['SessionStart', ['clear', 'compact'], 4],
    ['UserPromptSubmit', [], 1],
    ['PreToolUse', ['Bash'], 2],
    ['PostToolUse', ['Edit', 'Write'], 3],
    ['PostToolUse', ['MultiEdit'], 1],
    ['PostToolUse', ['NotebookEdit'], 1],
    ['Stop', [], 1],
  ]);
});

it('prints the same by event, in 80 columns, with a summary in the last line', async () => {
  const { out } = await call(command, { cwd: temporaryFolder() }, [], { plugins: examples });
  const lines = out.trimEnd().split('\n');
  expect(lines.filter((line) => /^\S/.test(line))).toEqual([
    'SessionStart   7 hooks, up to 7 at once (startup)',
    'UserPromptSubmit   1 hook',
    'PreToolUse   3 hooks, up to 2 at once (Bash)',
    'PostToolUse   4 hooks, up to 3 at once (Edit, Write)',
    'Stop   1 hook',
    '16 hooks in 12 plugins, 2 dead',
  ]);
  expect(out).toMatch(/^ {2}cmdb-assistant\/startup-check\.sh +startup\|resume +2\.8 h$/m);
  expect(out).toMatch(/^ {2}viz-platform\/1 +\* +5 s\n {6}echo '\[viz-platform\] loaded'$/m);
  expect(out).toMatch(
    /guard\.sh +mcp__files +never runs\n {6}“mcp__files” matches nothing \(for all its tools: mcp__files__\.\*\)/,
  );
  expect(lines.filter((line) => line.length > 80 && !line.includes(examples))).toEqual([]);
});

it('without a folder lists the hooks of the project and of the user, with duplicates', async () => {
  const both = { hooks: on('Stop', 'x') };
  const root = folderWith({ 'home/.claude/settings.json': both, 'project/.claude/settings.json': both });
  const place = { cwd: `${root}/project`, env: { HOME: `${root}/home` } };
  const { out } = await call(command, place, []);
  expect(out).toContain('      runs once, as user/Stop/1\n');
  expect(out.trimEnd().split('\n').at(-1)).toBe('2 hooks in 2 other files, 1 duplicate');
  const nothing = await call(command, { cwd: root, env: { HOME: `${root}/owner` } }, []);
  expect(nothing).toMatchObject({ code: 0, out: expect.stringContaining('No hooks are declared here') });
});

test.each([
  ['that does not exist', 'none', /There is no folder .*\/none\./],
  ['without plugins', 'home', /There is no plugin of Claude Code in .*\/home\./],
])('a folder %s is an error', async (_, plugins, message) => {
  const { code, error } = await call(command, { cwd: folderWith({}) }, [], { plugins });
  expect(code).toBe(2);
  expect(error).toMatchObject({ code: 'no_plugins', message: expect.stringMatching(message) });
});

it('is a command of two words', async () => {
  const { code, stdout, stderr } = await perfgate.run(temporaryFolder(), 'sentinel', 'list', '--plugins', examples);
  expect([code, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '', '16 hooks in 12 plugins, 2 dead']);
});

it('`sentinel` alone shows its commands, and a misspelt command gets a suggestion', async () => {
  const cwd = temporaryFolder();
  expect(await perfgate.run(cwd, 'sentinel')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('list [options]'),
  });
  expect(await perfgate.run(cwd, 'sentinel', 'lst')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Unknown command 'lst'.*list/),
  });
});
