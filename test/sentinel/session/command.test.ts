import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { LastSessions } from '../../../src/sentinel/session/last.ts';
import type { Profile } from '../../../src/sentinel/session/profile.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { writeTranscript } from '../transcripts/lines-of.ts';
import { asLines, debugLog, exported, transcript } from './invented.ts';

const perfgate = perfGate();

/** A home and a project, with a program that imitates the client: it leaves a transcript, a debug log and an export. */
function place() {
  const root = temporaryFolder('perf-gate-session-test-');
  const [home, project, tmp] = ['home', 'project', 'tmp'].map((name) => join(root, name)) as [string, string, string];
  for (const folder of [home, project, tmp]) mkdirSync(folder);
  const bin = join(root, 'claude');
  writeFileSync(bin, `#!${process.execPath}\n${client}`);
  chmodSync(bin, 0o755);
  const env = { ...perfgate.env(), HOME: home, TMPDIR: tmp, PATH: [root, process.env.PATH].join(delimiter) };
  delete (env as NodeJS.ProcessEnv).CLAUDE_CONFIG_DIR;
  const call = (...args: string[]) =>
    execute(process.execPath, [perfgate.bin(), 'sentinel', 'profile-session', ...args], { cwd: project, env });
  return { root, home, project, tmp, env, call };
}

/** It works for 0.3 s, of which a tool takes 60 ms and a hook before it 50 ms. */
const client = `
const { writeFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
const begun = Date.now();
const at = (ms) => new Date(begun + ms).toISOString();
const log = args.includes('--debug-file') ? args[args.indexOf('--debug-file') + 1] : '/dev/null';
const folder = join(process.env.HOME, '.claude/projects', process.cwd().replace(/[^A-Za-z0-9]/g, '-'));
const line = (type, ms, content) =>
  JSON.stringify({ type, timestamp: at(ms), sessionId: 'f00d', version: '2.1.329', entrypoint: 'sdk-cli', message: { content } });
const told = { 'event.name': 'tool_result', 'event.timestamp': at(220), 'session.id': 'f00d', tool_name: 'Bash', tool_use_id: 'call', duration_ms: '60' };
const attributes = Object.entries(told).map(([key, stringValue]) => ({ key, value: { stringValue } }));
// names of properties that every JavaScript object has
const odd = ['__proto__', 'constructor', 'toString'].map((name) => ({
  attributes: attributes.map((one) => (one.key === 'event.name' ? { ...one, value: { stringValue: name } } : one)),
}));
const end = async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, at(150) + ' [DEBUG] Hooks: PreToolUse:Bash [/p/guard.sh] (plugin guard@market) finished with status 0 (50ms)\\n');
  writeFileSync(join(folder, 'f00d.jsonl'), [
    line('user', 0, 'go'),
    line('assistant', 100, [{ type: 'tool_use', id: 'call', name: 'Bash', input: {} }]),
    line('user', 240, [{ type: 'tool_result', tool_use_id: 'call' }]),
    line('assistant', 290, [{ type: 'text', text: 'done' }]),
  ].join('\\n'));
  console.log('the answer', args.filter((arg) => arg !== log).join(' '));
  if (args.includes('wait')) return;
  await fetch(process.env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }, ...odd] }] }] }),
  });
  process.exit(args.includes('fail') ? 3 : 0);
};
process.on('SIGTERM', () => process.exit(9));
if (args.includes('wait')) setInterval(() => {}, 1000);
setTimeout(end, 300);
`;

it('profiles a transcript, with an export and a debug log, as text and as JSON', async () => {
  const { root, home, project, call } = place();
  const file = writeTranscript(home, { project, session: 'f00d' }, transcript);
  writeFileSync(join(root, 'e.jsonl'), asLines(exported));
  writeFileSync(join(root, 'd.log'), asLines(debugLog));
  const files = ['--otlp', '../e.jsonl', '--debug-log', join(root, 'd.log')];
  const whole = await call(file, ...files);
  expect(whole.code).toBe(0);
  expect(whole.stdout).toMatch(/^Session f00d of 2026-03-04 12:00 UTC, Claude Code 2\.1\.329$/m);
  expect(whole.stdout).toMatch(/^10\.0 s of work in 1 turn\. The cause of 98 % of the working time is known\.$/m);
  expect(whole.stdout).toMatch(/^ {2}hooks +2\.60 s +26 % .*█/m);
  expect(whole.stdout).toMatch(/PreToolUse tidy@market …\/check\.sh \[a\] \(b\) +1\.00 s +1 run \(debug log\)/);
  // the newest session of the project, and JSON
  const newest = await call('--json');
  const profile = JSON.parse(newest.stdout) as Profile;
  expect(profile).toMatchObject({ session: 'f00d', wall_ms: 10_000, told: ['silent_hooks_missing'] });
  expect((await call()).stdout).toContain('hooks that succeed and print nothing');
});

it('lists the last sessions, one a line, with their sums', async () => {
  const { home, project, call } = place();
  for (const session of ['one', 'two', 'three']) writeTranscript(home, { project, session }, transcript);
  writeTranscript(home, { project, session: 'empty' }, ['{}']);
  const { sessions, all } = JSON.parse((await call('--last', '2', '--json')).stdout) as LastSessions;
  expect(sessions).toHaveLength(2);
  expect(all).toMatchObject({ wall_ms: 20_000, turns: 2, parts: { model: 7600, tool: 5000 } });
  expect((await call('--last', '9')).stdout).toMatch(/^3 sessions +3 +30\.0 s/m);
});

it('runs and records a client, without changing its output and exit code', async () => {
  const { tmp, env, call } = place();
  const told = await call('--', 'claude', '-p', 'fail');
  expect(told).toMatchObject({ code: 3, stdout: 'the answer --debug-file -p fail\n' });
  expect(told.stderr).toMatch(/PreToolUse guard@market …\/guard\.sh +50 ms +1 run \(debug log\)/);
  const json = await call('--json', '--', 'claude', 'x');
  expect(json).toMatchObject({ code: 0, stderr: 'the answer --debug-file x\n' });
  const profile = JSON.parse(json.stdout) as Profile;
  expect(profile).toMatchObject({ session: 'f00d', told: [] });
  expect(profile.tools).toEqual([{ tool: 'Bash', calls: 1, ms: 60, source: 'otlp' }]);
  expect(profile.hooks).toMatchObject([{ plugin: 'guard@market', ms: 50 }]);
  expect(readdirSync(tmp)).toEqual([]); // nothing of the record is left
  expect(readdirSync(env.HOME)).toEqual(['.claude']);
});

it('passes signals on to the client, and still prints the profile', async () => {
  const { home, project, env } = place();
  const args = [perfgate.bin(), 'sentinel', 'profile-session', '--json', '--', 'claude', 'wait'];
  const child = spawn(process.execPath, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const folder = join(home, '.claude/projects');
  await vi.waitFor(() => expect(existsSync(folder) && readdirSync(folder)).toHaveLength(1), { timeout: 60_000 });
  await vi.waitFor(() =>
    expect(readFileSync(join(folder, readdirSync(folder)[0]!, 'f00d.jsonl'), 'utf8')).toMatch(/done/),
  );
  child.kill('SIGTERM');
  const [[code]] = await Promise.all([once(child, 'exit'), once(child.stdout, 'close')]);
  expect(code).toBe(9);
  expect((JSON.parse(stdout) as Profile).told).toContain('no_export');
});

it('the user’s own collector is left unchanged', async () => {
  const { project, env } = place();
  const own = {
    CLAUDE_CODE_ENABLE_TELEMETRY: '1',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'none',
  };
  const args = [
    perfgate.bin(),
    'sentinel',
    'profile-session',
    '--json',
    '--',
    'sh',
    '-c',
    'echo $OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
  ];
  const ended = await execute(process.execPath, args, { cwd: project, env: { ...env, ...own } });
  expect(ended).toMatchObject({ code: 0, stdout: 'null\n', stderr: 'none\n' });
});

it('requests a debug log if the first word is the client, and changes no other command line', async () => {
  const { call } = place();
  const told = await call('--json', '--', 'env', 'NAME=/x/claude', 'claude', 'x');
  expect(told).toMatchObject({ code: 0, stderr: 'the answer x\n' });
  expect((JSON.parse(told.stdout) as Profile).told).toContain('no_debug_log');
});

it('names invalid arguments', async () => {
  const { root, call } = place();
  expect(await call()).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no session') });
  expect(await call('none.jsonl')).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be read') });
  writeFileSync(join(root, 'project/x.jsonl'), 'nothing\n');
  expect(await call('x.jsonl')).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no session') });
  expect(await call('x.jsonl', '--last', '3')).toMatchObject({ code: 2, stderr: expect.stringContaining('exclude') });
  expect(await call('no-such-id')).toMatchObject({ code: 2, stderr: expect.stringContaining('the id no-such-id') });
  expect(await call('--', './none')).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be run') });
});
