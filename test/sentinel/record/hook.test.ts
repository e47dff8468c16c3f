import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { recordOn } from '../../../src/sentinel/record/switch.ts';
import { sentinelConfig } from '../../../src/sentinel/store/config.ts';
import { filesUnder, temporaryFolder } from '../../helpers/repository.ts';

/** A home that records sessions; the hook is called as by the client. */
function recorder(config?: object) {
  const home = temporaryFolder('perf-gate-home-');
  const env = { HOME: home, PATH: process.env.PATH };
  const cache = join(home, '.cache/claude-plugins/perf-sentinel');
  if (config) write(join(cache, 'config.json'), JSON.stringify(config, null, 2));
  const { settings } = recordOn({ cwd: home, env }, sentinelConfig(env));
  const { hooks } = JSON.parse(readFileSync(settings, 'utf8'));
  const command: string = hooks.SessionEnd[0].hooks[0].command;
  const spool = join(cache, 'sessions/spool.jsonl');
  return {
    home,
    env,
    cache,
    spool,
    command,
    hooks,
    lines: () => (existsSync(spool) ? readFileSync(spool, 'utf8').split('\n').filter(Boolean) : []),
    call: (input: string, more: NodeJS.ProcessEnv = {}) =>
      spawnSync('sh', ['-c', command], { input, env: { ...env, ...more }, encoding: 'utf8' }),
  };
}

function write(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const event = (name: string, id = 's1', transcript = '/none.jsonl') =>
  JSON.stringify({
    session_id: id,
    transcript_path: transcript,
    cwd: '/a project',
    hook_event_name: name,
    reason: 'other',
  });
const ended = event('SessionEnd');
const silent = { status: 0, stdout: '', stderr: '' };

it('stores the event unchanged, with and without a final line feed, and with a backslash', () => {
  const { call, lines } = recorder();
  const odd = JSON.stringify({ ...JSON.parse(ended), cwd: '/a\\b "%s" \\n $(touch x)' });
  for (const input of [ended, `${ended}\n`, odd]) expect(call(input)).toMatchObject(silent);
  expect(lines()).toEqual([ended, ended, odd]);
});

it('joins an event of several lines into one', () => {
  const { call, lines } = recorder();
  call(JSON.stringify(JSON.parse(ended), null, 2).replaceAll('": ', '":'));
  expect(lines().map((line) => JSON.parse(line))).toEqual([JSON.parse(ended)]);
});

it.runIf(spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0)('starts no process', () => {
  const { home, env, command, cache, lines } = recorder({ notifications: { on_slow_session: true } });
  const transcript = join(home, 'transcript.jsonl');
  write(transcript, '{}\n');
  write(join(cache, 'sessions/x'), '');
  const log = join(home, 'log');
  const argv = ['-f', '-qq', '-e', 'trace=execve,fork,vfork,clone,clone3', '-o', log, 'sh', '-c', command];
  execFileSync('strace', argv, { input: event('SessionEnd', 's1', transcript), env });
  expect(lines()).toHaveLength(1);
  const calls = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  expect(calls).toEqual([expect.stringMatching(/execve\(.*\/sh"/)]);
});

it('lines of sessions that end at the same moment do not mix', async () => {
  const { env, command, lines } = recorder();
  const ids = Array.from({ length: 24 }, (_, i) => `session-${i}`);
  const events = ids.map((id) =>
    JSON.stringify({ ...JSON.parse(event('SessionEnd', id)), cwd: `/${'x'.repeat(3000)}` }),
  );
  await Promise.all(
    events.map(
      (input) =>
        new Promise<void>((done) => {
          const child = spawn('sh', ['-c', command], { env, stdio: ['pipe', 'ignore', 'inherit'] });
          child.on('close', () => done());
          child.stdin.end(input);
        }),
    ),
  );
  expect(lines().toSorted()).toEqual(events.toSorted());
});

it.each([
  ['a variable disables it', { PERF_SENTINEL_ENABLED: 'false' }, undefined],
  ['a variable disables it in capitals', { PERF_SENTINEL_ENABLED: 'FALSE' }, undefined],
  ['the settings disable it', {}, { metrics: { enabled: false } }],
])('records nothing if %s', (_, more, config) => {
  const { call, lines } = recorder(config);
  expect(call(ended, more)).toMatchObject(silent);
  expect(lines()).toEqual([]);
});

it.each([' \t', '\n', '  ', ' \n\t '])('reads settings with %j around their values', (space) => {
  const { cache, call, lines } = recorder();
  const text = JSON.stringify({ metrics: { enabled: false }, notifications: { on_slow_session: false } });
  write(join(cache, 'config.json'), text.replace(/[:{},]/g, `${space}$&${space}`));
  expect(call(ended)).toMatchObject(silent);
  write(join(cache, 'config.json'), text.replace('false', 'true').replace(/[:{},]/g, `${space}$&${space}`));
  call(ended);
  expect(lines()).toEqual([ended]);
});

it('a variable overrides the settings', () => {
  const { call, lines } = recorder({ metrics: { enabled: false } });
  call(ended, { PERF_SENTINEL_ENABLED: 'true' });
  expect(lines()).toEqual([ended]);
});

it('records if another key of the settings is false', () => {
  const { call, lines } = recorder({ metrics: { enabled: true }, external_tools: { use_strace: false } });
  call(ended);
  expect(lines()).toEqual([ended]);
});

it('ignores other events, endless input, and empty input', () => {
  const { call, lines } = recorder();
  for (const input of ['', '\n', event('Stop'), 'x'.repeat(100_000), `{"a":"${'y'.repeat(5000)}"}`])
    expect(call(input)).toMatchObject(silent);
  expect(lines()).toEqual([]);
});

it('recreates a deleted folder, and is silent if it cannot, or if the script is gone', () => {
  const { home, cache, call, lines } = recorder();
  rmSync(cache, { recursive: true });
  call(ended);
  expect(lines()).toEqual([ended]);
  rmSync(cache, { recursive: true });
  write(cache, 'a file in its place');
  expect(call(ended)).toMatchObject(silent);
  rmSync(join(home, '.local'), { recursive: true });
  expect(call(ended)).toMatchObject(silent);
});

it('stores nothing in the session’s folder, or if HOME is empty', () => {
  const { home, env, command } = recorder();
  for (const [name, value] of [
    ['PERF_SENTINEL_HOME', 'here'],
    ['HOME', ''],
    ['PERF_SENTINEL_HOME', '../here'],
  ] as const) {
    const called = spawnSync('sh', ['-c', command], {
      input: ended,
      cwd: home,
      env: { ...env, [name]: value },
      encoding: 'utf8',
    });
    expect(called, name).toMatchObject(silent);
  }
  expect(Object.keys(filesUnder(home)).filter((path) => path.includes('spool'))).toEqual([]);
});

it('follows no link', () => {
  const { home, spool, call } = recorder();
  const victim = join(home, 'victim');
  write(victim, 'theirs');
  mkdirSync(dirname(spool), { recursive: true });
  symlinkSync(victim, spool);
  expect(call(ended)).toMatchObject(silent);
  expect(readFileSync(victim, 'utf8')).toBe('theirs');
});

it('reports a slow start once, when the next session begins, if the user wants that', () => {
  const config = { notifications: { on_slow_session: true }, thresholds: { slow_session_ms: 800 } };
  const { home, hooks, call, lines } = recorder(config);
  expect(Object.keys(hooks)).toEqual(['SessionEnd', 'SessionStart']);
  const start = (ms: number, name = 'SessionStart') =>
    `${JSON.stringify({ type: 'attachment', attachment: { type: 'hook_success', hookEvent: name, command: 'x', durationMs: ms } })}\n`;
  const endWith = (text: string) => {
    const transcript = join(home, 'transcript.jsonl');
    write(transcript, text);
    call(event('SessionEnd', 's1', transcript));
    return call(event('SessionStart')).stdout;
  };
  expect(endWith(start(300) + start(800) + start(9000, 'PreToolUse'))).toBe('');
  const told = endWith(start(200) + start(1032) + start(50));
  expect(JSON.parse(told).systemMessage).toContain('1032 ms');
  expect(call(event('SessionStart')).stdout).toBe('');
  expect(lines()).toHaveLength(2);
});

it('without such a wish the client calls it only at the end of a session', () => {
  const { hooks, cache, call } = recorder();
  expect(Object.keys(hooks)).toEqual(['SessionEnd']);
  call(ended);
  expect(Object.keys(filesUnder(cache)).sort()).toEqual(['.perf-sentinel', 'sessions/spool.jsonl']);
});
