import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { dryRun } from '../../../src/sentinel/dry-run/dry-run.ts';
import { type DryRunOptions, usualOptions } from '../../../src/sentinel/dry-run/options.ts';
import type { DryRun } from '../../../src/sentinel/dry-run/result.ts';
import type { Hook } from '../../../src/sentinel/hook.ts';
import { put } from '../../helpers/folder.ts';
import { place, cwd as top } from '../../helpers/own-cache.ts';
import { hookOf } from './hooks.ts';

const home = join(top, 'home');
const project = join(top, 'project');
const env = {
  PATH: process.env.PATH,
  HOME: home,
  ...place.env,
  GITHUB_TOKEN: 'secret-of-the-environment',
  ANTHROPIC_API_KEY: 'secret-of-the-environment',
};

const outside = {
  '.ssh/id_ed25519': 'secret-of-a-file',
  '.claude/.credentials.json': 'secret-of-a-file',
  mine: 'mine',
};
const inProject = { 'src/app.ts': 'export const limit = 100;\n', 'README.md': '# App\n' };

/** All files below a folder, with their contents. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

let server: Server;
let reached = 0;

/** Calls an unknown host name, and a port of this machine on which a process listens. */
const calling = (port: number) => `${process.execPath} -e '
  const { connect } = require("net");
  connect(443, "api.example").on("error", () => {}).on("data", () => {}).end("x");
  connect(${port}, "127.0.0.1").on("error", () => {}).end("x");'`;

const options = (more: Partial<DryRunOptions> = {}): DryRunOptions => ({
  ...usualOptions,
  seed: 'test',
  runs: 1,
  ...more,
});

const run = (hooks: readonly Hook[], more: Partial<DryRunOptions> = {}, clock = systemClock): Promise<DryRun> =>
  dryRun(hooks, options(more), {
    cwd: project,
    env,
    clock,
    notify: () => {},
    signal: new AbortController().signal,
  });

let done: DryRun;
beforeAll(async () => {
  for (const [path, text] of Object.entries(outside)) put(home, path, text);
  for (const [path, text] of Object.entries(inProject)) put(project, path, text);
  server = createServer((socket) => {
    reached++;
    socket.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  done = await run([
    hookOf('deletes', 'rm -rf ~/* ~/.ssh "$CLAUDE_PROJECT_DIR"/*; echo x > ~/new; echo x > made; ls ~ .'),
    hookOf('stays', 'setsid sleep 300 > /dev/null 2>&1 & echo done'),
    hookOf('calls', calling(port)),
    hookOf('pries', 'cat ~/.ssh/* ~/.claude/.credentials.json; env'),
    hookOf('hangs', 'sleep 60', { event: 'Stop', timeout: 1 }),
    hookOf('waits', 'while :; do sleep 1; done; : $(cat)', { event: 'TaskCreated' }),
    hookOf('follows', 'exec sleep 60', { event: 'Stop', timeout: 1, async: true }),
    hookOf('lacks', '/nowhere/hook.sh', { event: 'SessionEnd' }),
    hookOf('counts', 'echo x >> ~/count; wc -l < ~/count; echo "$PPID $CLAUDE_CODE_SESSION_ID"', {
      event: 'Notification',
    }),
    hookOf('asks', 'http', { handler: { type: 'http', url: 'http://127.0.0.1/' } } as Partial<Hook>),
    hookOf('dead', ':', { dead: { code: 'if' } }),
    hookOf('twin', ':', { runs_as: 'counts' }),
  ]);
}, 120_000);
afterAll(() => {
  server?.close();
});

/** The result of a hook that was run. */
function of(id: string, context: TestContext) {
  context.skip(done.cage.level !== 'overlay', `no cage of namespaces here: ${JSON.stringify(done.cage)}`);
  const found = done.hooks.find((hook) => hook.id === id);
  if (found?.state !== 'run') throw new Error(`${id} was not run: ${JSON.stringify(found)}`);
  return found;
}

describe('hooks that are run dry', () => {
  it('change nothing outside of the cage, regardless of what they delete or write', (context) => {
    expect(of('deletes', context).runs[0]?.stdout).toBe(`.:\nmade\n\n${home}:\nnew\n`);
    expect(filesIn(home)).toEqual(outside);
    expect(filesIn(project)).toEqual(inProject);
  });

  it('see no secret', (context) => {
    const [pried] = of('pries', context).runs;
    expect(`${pried?.stdout}${pried?.stderr}`).not.toContain('secret-of');
    expect(pried?.stdout).toContain('CLAUDECODE=1');
    expect(done.cage).toMatchObject({ masked: [join(home, '.ssh'), join(home, '.claude/.credentials.json')] });
  });

  it('reach no other host, and the sink names the hosts that they called', (context) => {
    expect(of('calls', context).runs[0]?.contacts).toEqual([{ dns: 'api.example' }, { tcp: 443, host: 'api.example' }]);
    expect(reached).toBe(0);
  });

  it('end with their main process; remaining processes are counted, and end with the cage', (context) => {
    const [stayed] = of('stays', context).runs;
    expect(stayed).toMatchObject({ outcome: 'ok', stdout: 'done\n', left_behind: 1 });
    expect(stayed?.wall_ms).toBeLessThan(60_000);
  });

  it('are stopped at their own time limit, and not run again', (context) => {
    const { runs, cold } = of('hangs', context);
    expect(runs).toEqual([cold]);
    expect(cold).toMatchObject({ outcome: 'timed_out' });
    expect(cold?.wall_ms).toBeGreaterThanOrEqual(1000);
    expect(cold?.wall_ms).toBeLessThan(50_000);
  });

  it('are stopped after a while if they only wait', (context) => {
    const { runs, cold, trace } = of('waits', context);
    expect(runs).toEqual([cold]);
    expect(cold).toMatchObject({ outcome: 'waiting', exit_code: null });
    expect(cold?.wall_ms).toBeLessThan(30_000);
    expect(trace).toBeNull();
  });

  it('are not run at once with a hook that does not end', (context) => {
    of('waits', context);
    expect(done.not_measured).toEqual([
      { event: 'TaskCreated', matched: null, hooks: ['waits'], because: ['waits'] },
      { event: 'Stop', matched: null, hooks: ['hangs', 'follows'], because: ['hangs'] },
    ]);
  });

  it('are broken, not fast, if the program is missing', (context) => {
    expect(of('lacks', context).runs[0]).toMatchObject({ outcome: 'broken', exit_code: 127 });
  });

  it('find files that they left, with the same session and parent process', (context) => {
    const { cold, runs } = of('counts', context);
    const [first, before] = cold!.stdout.split('\n');
    expect([first, runs[0]?.stdout]).toEqual(['1', `2\n${before}\n`]);
  });

  it('are not run for a reason that the result gives', () => {
    const why = done.hooks.flatMap((hook) => (hook.state === 'not_run' ? [[hook.id, hook.why.code]] : []));
    expect(why).toEqual(
      expect.arrayContaining([
        ['asks', 'handler'],
        ['dead', 'dead'],
        ['twin', 'same_as'],
      ]),
    );
  });

  it('run together with the other hooks of their event, in the order of the session', (context) => {
    of('deletes', context);
    const sets = done.events.map(({ event, matched, hooks }) => [event, matched, hooks.length]);
    expect(sets).toEqual([
      ['PreToolUse', 'Bash', 4],
      ['PreToolUse', 'Edit', 4],
      ['Notification', 'idle_prompt', 1],
      ['SessionEnd', 'other', 1],
    ]);
  });
});

it('no execution begins after the time limit', async (context) => {
  let now = 0;
  const clock = { ...systemClock, ms: () => (now += 1000) };
  const hooks = ['one', 'two', 'three'].map((id) => hookOf(id, `: ${id}`, { event: 'Stop' }));
  const made = await run(hooks, { limit_s: 2, state: 'fresh', network: 'off' }, clock);
  context.skip(made.cage.level !== 'overlay', JSON.stringify(made.cage));
  expect(made.hooks.map((hook) => hook.state === 'not_run' && hook.why.code).sort()).toEqual([false, false, 'no_time']);
  expect(made.not_measured).toEqual([{ event: 'Stop', matched: null, hooks: ['one', 'two', 'three'], because: [] }]);
});

it('a set takes as long as its slowest hook, not as all of them', async (context) => {
  const hooks = ['one', 'two'].map((id) => hookOf(id, `sleep 0.2; : ${id}`, { matcher: 'Edit' }));
  const { events, cage } = await run([...hooks, hookOf('later', 'sleep 0.5', { matcher: 'Edit', async: true })], {
    state: 'fresh',
    network: 'off',
    marginal: true,
  });
  context.skip(cage.level !== 'overlay', JSON.stringify(cage));
  const [together] = events[0]!.runs;
  const both = together!.parts.filter(({ id }) => id !== 'later').reduce((sum, { wall_ms }) => sum + wall_ms, 0);
  expect(together!.makespan_ms).toBeGreaterThanOrEqual(200);
  expect(together!.makespan_ms).toBeLessThan(both);
  expect(events[0]!.without.map(({ id, runs }) => [id, runs[0]?.parts.length])).toEqual([
    ['one', 2],
    ['two', 2],
    ['later', 2],
  ]);
});

it('with state `fresh` every execution finds the machine unchanged, and the exec form needs no shell', async (context) => {
  const script = 'echo x >> ~/count; wc -l < ~/count; echo "$1"';
  const { cage, hooks } = await run(
    [hookOf('counts', '/bin/sh', { event: 'Stop', args: ['-c', script, 'sh', `${'$'}{CLAUDE_PROJECT_DIR} $HOME`] })],
    { state: 'fresh', runs: 2 },
  );
  context.skip(cage.level !== 'overlay', JSON.stringify(cage));
  const [only] = hooks;
  expect(only?.state === 'run' && only.runs.map(({ stdout }) => stdout)).toEqual([
    `1\n${project} $HOME\n`,
    `1\n${project} $HOME\n`,
  ]);
});
