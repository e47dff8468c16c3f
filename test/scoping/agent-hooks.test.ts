import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidatesFor } from '../../src/scoping/interview/offers.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { folder, put } from '../helpers/folder.ts';

/** A hook that prints what it got. */
const says = `printf '%s|%s|%s|' "$1" "\${CLAUDE_PROJECT_DIR#"$PWD"}" "\${CLAUDE_PLUGIN_ROOT#"$PWD"}"; cat\n`;

const hooks = (event: string, handler: object, matcher?: string) =>
  JSON.stringify({ hooks: { [event]: [{ matcher, hooks: [{ type: 'command', ...handler }] }] } });
const offered = (root: string) => candidatesFor('hook_latency', recon(root));
const run = (root: string, command: string) =>
  execFileSync('/bin/sh', ['-c', command], { cwd: root, encoding: 'utf8' }).trim();

test('a hook of the settings is offered with a sample event on stdin, and that command runs', () => {
  const command = 'sh "$CLAUDE_PROJECT_DIR"/.claude/hooks/guard.sh "a b"';
  const root = folder({
    'package.json': '{"scripts":{"bench":"node bench.mjs"}}',
    '.claude/settings.json': hooks('PreToolUse', { command }, 'Edit|Write'),
    '.claude/hooks/guard.sh': says,
  });
  const first = offered(root)[0]!;
  expect(first).toMatchObject({ kind: 'hook', found_in: '.claude/settings.json, PreToolUse' });
  const [argument, , , event] = run(root, first.command).split('|');
  expect(argument).toBe('a b');
  expect(JSON.parse(event!)).toMatchObject({
    hook_event_name: 'PreToolUse',
    tool_name: 'Edit',
    tool_input: { file_path: 'README.md' },
  });
});

test('a hook of a plugin is started as the client does, with its arguments', () => {
  const args = [`\${CLAUDE_PLUGIN_ROOT}/hooks/stop.sh`, 'it\'s `$HOME` "x"'];
  const root = folder({
    'tools/my-plugin/hooks/hooks.json': hooks('Stop', { command: 'sh', args }),
    'tools/my-plugin/hooks/stop.sh': says,
  });
  const [argument, inProject, plugin, event] = run(root, offered(root)[0]!.command).split('|');
  expect([argument, inProject, plugin]).toEqual(['it\'s `$HOME` "x"', '', '/tools/my-plugin']);
  expect(JSON.parse(event!)).toMatchObject({ hook_event_name: 'Stop', stop_hook_active: false });
});

test('a hook gets an event file of the project if there is one for its event', () => {
  const event = (fields: object) => JSON.stringify({ hook_event_name: 'PreToolUse', ...fields });
  const root = folder({
    '.claude/settings.local.json': hooks('PreToolUse', { command: 'sh guard.sh' }, 'Bash|Read'),
    'test/a-event.json': event({ tool_name: 'Edit' }),
    'test/b-event.json': '[1',
    'test/pre-tool-use.json': event({ tool_name: 'Read', tool_input: {} }),
  });
  expect(offered(root)[0]!.command).toBe('export CLAUDE_PROJECT_DIR="$PWD"; sh guard.sh < test/pre-tool-use.json');
  expect(recon(root).protected).toEqual(['test/**', 'test/pre-tool-use.json']);
  put(root, '.claude/settings.local.json', hooks('PreToolUse', { command: 'sh guard.sh' }, 'Bash'));
  expect(offered(root)[0]!.command).toMatch(/; echo '\{.*"git status --short".*\}' \| sh guard\.sh$/);
});

test('several commands in one hook share the event', () => {
  const root = folder({ '.claude/settings.json': hooks('UserPromptSubmit', { command: 'read x; echo "got $x"' }) });
  expect(run(root, offered(root)[0]!.command)).toMatch(/^got .*"prompt":"Make it faster"/);
});

test('hooks of the most frequent event are offered first, regardless of the file that names them', () => {
  const root = folder({
    '.claude/settings.json': hooks('SessionStart', { command: 'a' }),
    'hooks/hooks.json': hooks('PreToolUse', { command: 'b' }, '*'),
    'p/hooks/hooks.json': hooks('Unheard', { command: 'c' }),
  });
  expect(offered(root).map((c) => c.found_in)).toEqual([
    'hooks/hooks.json, PreToolUse',
    '.claude/settings.json, SessionStart',
    'p/hooks/hooks.json, Unheard',
  ]);
});

test('recon executes nothing of a repository, and skips invalid hooks but not the valid ones next to them', () => {
  const handlers = [
    { type: 'prompt', prompt: 'x' },
    { type: 'command', command: 'touch ran\nmore' },
    { type: 'command', command: 'x'.repeat(501) },
    { type: 'command', command: 'echo \u202Etxt' },
    { type: 'command', command: 'sh', args: 'x' },
    { type: 'command', command: 'touch ran' },
  ];
  const root = folder({
    '.claude/settings.json': JSON.stringify({
      hooks: { Stop: [7, { hooks: handlers }], '`x`': [{ hooks: handlers }] },
    }),
  });
  expect(offered(root).map((c) => c.command)).toEqual([expect.stringMatching(/ \| touch ran$/)]);
  expect(existsSync(join(root, 'ran'))).toBe(false);
});

test('a matcher may be hostile: its pattern is never executed and never part of the command', () => {
  const root = folder({ '.claude/settings.json': hooks('PreToolUse', { command: 'h' }, "(a+)+$'; rm -rf /") });
  expect(offered(root)[0]!.command).toMatch(/^export CLAUDE_PROJECT_DIR="\$PWD"; echo '[^']*"Bash"[^']*' \| h$/);
});

test('settings behind a symbolic link are not read, and ten of a thousand hooks are offered', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ type: 'command', command: `h${i}` }));
  const root = folder({ 'real/settings.json': JSON.stringify({ hooks: { Stop: [{ hooks: many }] } }) });
  symlinkSync('real', join(root, '.claude'));
  expect(offered(root)).toEqual([]);
  const other = folder({ 'hooks/hooks.json': JSON.stringify({ hooks: { Stop: [{ hooks: many }] } }) });
  mkdirSync(join(other, '.claude'));
  symlinkSync('../hooks/hooks.json', join(other, '.claude/settings.json'));
  expect(offered(other).map((c) => c.found_in)).toEqual(Array(10).fill('hooks/hooks.json, Stop'));
});

test('settings may hold anything', () => {
  const root = folder({});
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((value) => `{"hooks":{"Stop":${value}}}`),
  );
  fc.assert(
    fc.property(anything, (text) => {
      put(root, '.claude/settings.json', text);
      for (const { command } of offered(root)) expect(command).toMatch(/^export CLAUDE_PROJECT_DIR="\$PWD"; echo/);
    }),
    { numRuns: 200 },
  );
});
