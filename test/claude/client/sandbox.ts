import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PerfGate } from '../../helpers/cli.ts';
import { type TestRepository, temporaryFolder } from '../../helpers/repository.ts';
import { type Model, type Script, startModel } from './model.ts';
import { openScreen, type Screen } from './screen.ts';

/** The client's binary; run.sh fetches it. */
export const client = process.env.PERF_GATE_TEST_CLIENT ?? '';
/** This repository, which is the marketplace, and the plugin in it. */
export const marketplace = join(import.meta.dirname, '../../..');
export const plugin = join(marketplace, 'plugin');

/** One line of the client's output stream: a message, the answer of a hook, or the end of the session. */
type StreamEvent = { type: string; subtype?: string; [key: string]: unknown };
/** The result of a headless session. */
export type Ended = { code: number | null; session: string; events: StreamEvent[]; stdout: string; stderr: string };
type Options = {
  resume?: string;
  env?: Record<string, string>;
  /** Does not load the plugin, unless it is installed. */
  bare?: true;
  /** Folders of other plugins. */
  plugins?: readonly string[];
  onEvent?: (event: StreamEvent, kill: () => void) => void;
};

/** A separate home, project and scripted model; the client in it sees no settings of the user who runs the test. */
export type Sandbox = {
  home: string;
  env: Record<string, string>;
  model: Model;
  /** Runs one prompt in a headless session with the plugin to its end. */
  ask(prompt: string, options?: Options): Promise<Ended>;
  /** Opens the client in a terminal, ready for input. `bare`: without the plugin, unless it is installed. */
  open(how?: { bare?: true }): Promise<Screen>;
  /** Runs a command of the client. */
  call(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
};

const tools = ['Bash', 'Read', 'Edit', 'Write'];

export async function sandbox(
  project: TestRepository,
  perfgate: PerfGate,
  script: Script,
  root = temporaryFolder('perf-gate-claude-'),
): Promise<Sandbox> {
  const home = join(root, 'home');
  const bin = join(root, 'bin');
  const tmp = join(root, 'tmp');
  for (const dir of [home, bin, tmp]) mkdirSync(dir, { recursive: true });
  writeFileSync(join(bin, 'perf-gate'), `#!/bin/sh\nexec '${process.execPath}' '${perfgate.bin()}' "$@"\n`);
  chmodSync(join(bin, 'perf-gate'), 0o755);
  const model = await startModel(script);
  onTestFinished(() => model.close());
  const env = environment({ home, bin, tmp, url: model.url, perfgate });
  trust(home, project.root, env);
  const call = (args: string[], { env: more, onEvent }: Options = {}) =>
    execute(args, { cwd: project.root, env: { ...env, ...more }, onEvent });
  return {
    home,
    env,
    model,
    call: (...args) => call(args),
    async open({ bare } = {}) {
      const given = bare ? '' : `--plugin-dir '${plugin}'`;
      const opened = await openScreen(
        project.root,
        env,
        `'${client}' ${given} --permission-mode default --allowedTools '${tools.join(',')}'`,
      );
      onTestFinished(opened.end); // until it ends, the client writes to its home
      return opened;
    },
    async ask(prompt, options = {}) {
      const folders = [...(options.bare ? [] : [plugin]), ...(options.plugins ?? [])];
      const given = folders.flatMap((folder) => ['--plugin-dir', folder]);
      const args = [...given, '--allowedTools', tools.join(','), '--debug-file', join(root, 'debug.log')];
      const resume = options.resume ? ['--resume', options.resume] : [];
      const stream = ['-p', '--output-format', 'stream-json', '--verbose', '--include-hook-events'];
      const ended = await call([...args, ...stream, ...resume, '--', prompt], options);
      const events = linesOf(ended.stdout);
      const session = String(events.find((e) => e.session_id)?.session_id ?? '');
      return { ...ended, events, session };
    },
  };
}

/** The environment of the client. Keys, hooks and the language of a surrounding session are not passed on. */
function environment(given: { home: string; bin: string; tmp: string; url: string; perfgate: PerfGate }) {
  const { XDG_CACHE_HOME, XDG_STATE_HOME } = given.perfgate.env();
  return {
    PATH: [given.bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: given.home,
    TMPDIR: given.tmp,
    CLAUDE_CODE_TMPDIR: given.tmp, // otherwise it writes to folders that all users share
    XDG_CACHE_HOME: XDG_CACHE_HOME!,
    XDG_STATE_HOME: XDG_STATE_HOME!,
    SHELL: '/bin/bash',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    ANTHROPIC_BASE_URL: given.url,
    ANTHROPIC_API_KEY: KEY,
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1',
  };
}

/** Not a real key: the scripted model accepts any. */
const KEY = 'none-is-needed-here';

/** Answers the questions of the client's first start and marks the project as trusted. */
function trust(home: string, project: string, env: Record<string, string>): void {
  const file = join(home, '.claude.json');
  const settings = {
    hasCompletedOnboarding: true,
    theme: 'dark',
    customApiKeyResponses: { approved: [env.ANTHROPIC_API_KEY!.slice(-20)], rejected: [] },
    projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
  };
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(settings));
}

type Execution = { cwd: string; env: Record<string, string>; onEvent?: Options['onEvent'] };

/** Runs the client until it ends or is killed with all its children. */
function execute(args: string[], { cwd, env, onEvent }: Execution) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done, fail) => {
    const child = spawn(client, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const kill = () => process.kill(-child.pid!, 'SIGKILL');
    let stdout = '';
    let stderr = '';
    let seen = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const lines = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
      if (onEvent) for (const event of linesOf(lines.slice(seen))) onEvent(event, kill);
      seen = lines.length;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail).on('close', (code) => done({ code, stdout, stderr }));
  });
}

function linesOf(text: string): StreamEvent[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as StreamEvent);
}

/** The JSON answers of an event's hooks in a session. */
export function hookAnswers({ events }: Ended, event: string): Record<string, unknown>[] {
  return events
    .filter((e) => e.subtype === 'hook_response' && e.hook_event === event && String(e.stdout).trim() !== '')
    .map((e) => JSON.parse(String(e.stdout)) as Record<string, unknown>);
}
