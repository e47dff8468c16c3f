import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { TimeRow } from '../../../src/monitor/rows.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();

/** Two hooks before each tool call, one of which takes 0.3 s, and one hook at the end of the turn. */
const settings = {
  hooks: {
    PreToolUse: [
      {
        matcher: 'Bash',
        hooks: [
          { type: 'command', command: 'sleep 0.3; echo SECRET' },
          { type: 'command', command: 'true' },
        ],
      },
    ],
    Stop: [{ hooks: [{ type: 'command', command: 'sleep 0.1' }] }],
  },
};

it('after a setup, a session sends its hooks, tools and models to the monitor, and no private text', async () => {
  const project = countingProject();
  const root = temporaryFolder('perf-gate-claude-');
  const calls = [{ name: 'Bash', input: { command: 'echo SECRET', description: 'says it' } }];
  const box = await sandbox(project, perfgate, (_, n) => (n <= 2 ? { calls } : { text: 'Done, SECRET.' }), root);
  mkdirSync(join(box.home, '.claude'), { recursive: true });
  const file = join(box.home, '.claude/settings.json');
  const before = JSON.stringify(settings, null, 4);
  writeFileSync(file, before);
  const modules = resolve(perfgate.bin(), '../../../node_modules');
  mkdirSync(modules);
  symlinkSync(resolve('node_modules/libsql'), join(modules, 'libsql'));

  const monitor = async <T>(...words: string[]): Promise<T> => {
    const env = { ...box.env, PERF_GATE_MONITOR_HOME: join(root, 'monitor') };
    const args = [perfgate.bin(), 'monitor', ...words, '--json'];
    const { stdout, stderr } = await execute(process.execPath, args, { cwd: project.root, env });
    return JSON.parse(stdout || stderr) as T;
  };
  const rowsOf = async (command: string, kind: string) =>
    (await monitor<{ rows: TimeRow[] }>(command)).rows.filter((row) => row.kind === kind);

  await monitor('start', '--otlp', '0', '--cwd', project.root);
  onTestFinished(async () => void (await monitor('stop')));
  const { endpoint, page } = await monitor<{ endpoint: string; page: string }>('status');
  const heard = listening(new URL('/events', page), endpoint);
  expect(await monitor('setup', '--yes')).toMatchObject({ changed: true });
  const { code, session, stderr } = await box.ask('say SECRET', { bare: true });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  await monitor('setup', '--undo', '--yes');
  expect(readFileSync(file, 'utf8')).toBe(before);

  const waits = await rowsOf('hooks', 'hook_event');
  expect(waits.map(({ name, n }) => [name, n]).sort()).toEqual([
    ['PreToolUse:Bash', 2],
    ['Stop', 1],
  ]);
  expect((await rowsOf('tools', 'tool')).map(({ name, n, failed }) => [name, n, failed])).toEqual([['Bash', 2, 0]]);
  expect((await rowsOf('top', 'model')).reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(3);

  // The page received every event when it was stored, and shows the same figures.
  const { events, latest_ms } = await heard();
  expect(
    events
      .filter(({ kind }) => kind === 'hook_event')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['PreToolUse:Bash', 'PreToolUse:Bash', 'Stop']);
  console.log(`The page received events at most ${Math.round(latest_ms)} ms after the service.`);
  expect(latest_ms).toBeLessThan(2000);
  const shown = (await (await fetch(new URL('/api/now', page))).json()) as Shown;
  const timesOf = (kind: string) => shown.events.filter((one) => one.kind === kind).map((one) => one.duration_ms ?? 0);
  const summed = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  expect(summed(timesOf('hook_event'))).toBeCloseTo(summed(waits.map(({ sum_ms }) => sum_ms)), 3);
  expect(timesOf('tool')).toHaveLength(2);
  expect(shown.sessions.map((one) => one.session)).toEqual([session]);
  expect(shown.day.cost_usd).toBeGreaterThan(0);

  // The wait for an event is the time of its slowest hook in the client's own log.
  mkdirSync(join(box.home, '.claude/debug'), { recursive: true });
  copyFileSync(join(root, 'debug.log'), join(box.home, '.claude/debug', `${session}.txt`));
  expect(await monitor('import')).toMatchObject({ unreadable: [] });
  const single = await rowsOf('hooks', 'hook');
  expect(single.map(({ name, n }) => [name, n]).sort()).toEqual([
    ['PreToolUse:Bash sleep', 2],
    ['PreToolUse:Bash true', 2],
    ['Stop sleep', 1],
  ]);
  const sumOf = (rows: readonly TimeRow[], name: string) => rows.find((row) => row.name === name)!.sum_ms;
  const ratio = sumOf(waits, 'PreToolUse:Bash') / sumOf(single, 'PreToolUse:Bash sleep');
  expect(ratio).toBeGreaterThan(0.9);
  expect(ratio).toBeLessThan(1.2);
  for (const table of ['top', 'hooks', 'tools', 'cache', 'status'])
    expect(JSON.stringify(await monitor(table))).not.toContain('SECRET');
  for (const name of ['monitor.db', 'monitor.db-wal'])
    expect(readFileSync(join(root, 'monitor', name)).includes('SECRET')).toBe(false);
});

type Event = { kind: string; name: string; duration_ms: number | null };
type Shown = { events: Event[]; sessions: { session: string }[]; day: { cost_usd: number } };

/**
 * Listens as the page does, and polls the receiver's count of events every 20 ms. Returns the events and the longest delay after their
 * reception, which is accurate to 20 ms.
 */
function listening(address: URL, endpoint: string): () => Promise<{ events: Event[]; latest_ms: number }> {
  const ending = new AbortController();
  const events: Event[] = [];
  const heardAt: number[] = [];
  const receivedAt: number[] = [];
  const listen = async () => {
    const { body } = await fetch(address, { signal: ending.signal });
    let text = '';
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const messages = text.split('\n\n');
      text = messages.pop()!;
      for (const message of messages) {
        if (!/^event: stored$/m.test(message)) continue;
        for (const event of JSON.parse(/^data: (.*)$/m.exec(message)![1]!) as Event[]) {
          events.push(event);
          heardAt.push(performance.now());
        }
      }
    }
  };
  const ask = async () => {
    while (!ending.signal.aborted) {
      const { received } = (await (await fetch(`${endpoint}/health`)).json()) as { received: { events: number } };
      while (receivedAt.length < received.events) receivedAt.push(performance.now());
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const both = Promise.allSettled([listen(), ask()]);
  return async () => {
    const enough = () => events.length > 0 && events.length >= receivedAt.length;
    for (let i = 0; i < 250 && !enough(); i++) await new Promise((done) => setTimeout(done, 20));
    ending.abort();
    await both;
    return { events, latest_ms: Math.max(...heardAt.map((t, i) => t - (receivedAt[i] ?? t))) };
  };
}
