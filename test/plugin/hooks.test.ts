import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/repository.ts';

const hooks = join(import.meta.dirname, '../../plugin/hooks');
type Setting = { cwd?: string; env?: NodeJS.ProcessEnv; input?: string };

/** Runs a script of the plugin as the client does; the `perf-gate` on the PATH prints its arguments and its stdin. */
function call(script: string, args: string[], { cwd, env = {}, input = '{}' }: Setting) {
  const bin = temporaryFolder();
  writeFileSync(join(bin, 'perf-gate'), '#!/bin/sh\necho "called $*"; cat\n');
  chmodSync(join(bin, 'perf-gate'), 0o755);
  const PATH = `${bin}:/usr/bin:/bin`;
  const { stdout, stderr, status } = spawnSync('/bin/sh', [join(hooks, script), ...args], {
    cwd,
    env: { PATH, ...env },
    input,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

const silent = { stdout: '', stderr: '', status: 0 };

function projectWithRun(): string {
  const dir = temporaryFolder();
  mkdirSync(join(dir, '.perf-gate/local'), { recursive: true });
  mkdirSync(join(dir, 'a b/c'), { recursive: true });
  writeFileSync(join(dir, '.perf-gate/local/hook.json'), '{}');
  return dir;
}

describe('an event', () => {
  it.each(['stop', 'session-start', 'user-prompt-submit', 'pre-tool-use'])('%s ends at once without a run', (event) => {
    const script = event === 'session-start' ? 'session-start.sh' : 'run.sh';
    expect(call(script, [event], { cwd: temporaryFolder() })).toEqual(silent);
  });

  it('is passed on with the client’s JSON, also from a folder below the project', () => {
    const dir = projectWithRun();
    for (const cwd of [dir, join(dir, 'a b/c')])
      expect(call('run.sh', ['stop'], { cwd, input: '{"a":\n"b"}' }).stdout).toBe('called hook stop\n{"a":\n"b"}');
  });

  it('belongs to the project in which the client was started, regardless of the shell’s folder', () => {
    const env = { CLAUDE_PROJECT_DIR: projectWithRun() };
    expect(call('run.sh', ['stop'], { cwd: temporaryFolder(), env }).stdout).toContain('called hook stop');
  });

  it('goes to the project’s own installation if the PATH has no perf-gate, and without both nowhere', () => {
    const dir = projectWithRun();
    const bare = { PATH: '/usr/bin:/bin' };
    expect(call('run.sh', ['stop'], { cwd: dir, env: bare })).toEqual(silent);
    mkdirSync(join(dir, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(dir, 'node_modules/.bin/perf-gate'), '#!/bin/sh\necho "own $*"\n', { mode: 0o755 });
    expect(call('run.sh', ['stop'], { cwd: dir, env: bare }).stdout).toBe('own hook stop\n');
  });

  it('that begins a run needs no active run: a typed command, and an agent’s `start --yes`', () => {
    const cwd = temporaryFolder();
    expect(call('run.sh', ['user-prompt-expansion'], { cwd }).stdout).toContain('called hook user-prompt-expansion');
    const input = '{"tool_input":{"command":"perf-gate start x \\\\n --yes"}}';
    expect(call('run.sh', ['pre-tool-use'], { cwd, input }).stdout).toBe(`called hook pre-tool-use\n${input}\n`);
  });
});

describe('the record of a session', () => {
  const env = (dir: string) => ({ CLAUDE_PROJECT_DIR: dir, CLAUDE_CODE_SESSION_ID: '0f-1' });
  const end = (dir: string, input: string) => call('session-end.sh', [], { cwd: dir, env: env(dir), input });

  it('is one line: end, id, duration, reason', () => {
    const dir = projectWithRun();
    call('session-start.sh', ['session-start'], { cwd: dir, env: env(dir) });
    expect(end(dir, '{"session_id":"0f-1","reason":"clear"}')).toEqual(silent);
    expect(end(dir, '{"reason":"$(touch x)\\",\\"a\\":\\""}')).toEqual(silent);
    const lines = readFileSync(join(dir, '.perf-gate/local/sessions.jsonl'), 'utf8').trimEnd().split('\n');
    const [seen, unseen] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(seen).toMatchObject({ id: '0f-1', duration_s: expect.any(Number), reason: 'clear' });
    expect(seen!.ts).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(unseen).toMatchObject({ duration_s: null, reason: 'other' });
    expect(existsSync(join(dir, '.perf-gate/local/session-0f-1'))).toBe(false);
  });

  it('is not written in projects that do not use perf-gate', () => {
    const dir = temporaryFolder();
    expect(end(dir, '{}')).toEqual(silent);
    expect(existsSync(join(dir, '.perf-gate'))).toBe(false);
  });
});
