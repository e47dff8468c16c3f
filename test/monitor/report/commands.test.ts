import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../../src/cli/command.ts';
import { command as bottlenecks } from '../../../src/cli/commands/monitor/bottlenecks.ts';
import { command as regressions } from '../../../src/cli/commands/monitor/regressions.ts';
import { command as report } from '../../../src/cli/commands/monitor/report.ts';
import { command as trends } from '../../../src/cli/commands/monitor/trends.ts';
import { regression } from '../../../src/monitor/demo/month.ts';
import { filledDemo } from '../../../src/monitor/demo/store.ts';
import { call, type Options } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const cwd = tmpdir();
let home = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'perf-gate-reports-'));
  await filledDemo(home, '1', Date.now());
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const ask = <P>(command: Command<P>, args: string[] = [], options: Options = {}, at = home) =>
  call(command, { cwd, env: { PERF_GATE_MONITOR_HOME: at } }, args, options);
const json = async <P>(command: Command<P>, args: string[] = [], options: Options = {}) =>
  JSON.parse((await ask(command, args, { ...options, json: true })).out);

describe('on the invented month', () => {
  test('regressions names the hook, the day, and the change of its command', async () => {
    const { out, code } = await ask(regressions);
    expect(code).toBe(0);
    expect(out).toMatch(/format\.sh \(plugin tidy\) {2}hook\.duration_ms\n {2}\d+ ms → \d+ ms \(\+\d+\.\d %\) since /);
    expect(out).toContain('The command changed at that time.');
    const found = await json(regressions);
    expect(found).toMatchObject({ rule: { rule: 'change_point', p: 0.005 }, series: expect.any(Number) });
    const means = await json(regressions, [], { rule: 'window-mean' });
    expect(means.cases.map((of: { p: null }) => of.p)).toContain(null);
  });

  test('trends lists the slower hook first, and applies its filter', async () => {
    const { out } = await ask(trends, ['format.sh']);
    expect(out.split('\n')[0]).toBe('PostToolUse:Edit format.sh (plugin tidy)  hook.duration_ms');
    const found = await json(trends, ['format.sh']);
    expect(found.trends).toHaveLength(1);
    expect(found.trends[0].pct_per_week).toBeGreaterThan(5);
  });

  test('bottlenecks lists the parts of the critical path', async () => {
    const found = await json(bottlenecks, [], { since: '2w' });
    expect(found.items[0]).toMatchObject({ kind: 'model', name: 'claude-demo' });
    expect(found.unknown_ms).toBeLessThan(found.total_ms / 20);
    expect(found.items.map((of: { name: string }) => of.name)).toContain(regression.hook);
    expect((await ask(bottlenecks)).out).toContain('ceiling');
  });

  test('report prints a week in three formats', async () => {
    const found = await json(report, ['weekly']);
    expect(found).toMatchObject({ period: 'weekly', now: { sessions: expect.any(Number) } });
    expect(found.alerts.map((of: { rule: string }) => of.rule)).toContain('busy-machine');
    expect(found.hooks.map((of: { name: string }) => of.name)).toContain(regression.hook);
    expect(found.cases.map((of: { handler: string }) => of.handler)).toContain(regression.hook);
    expect((await ask(report, ['weekly'])).out).toMatch(/^# The week from /);
    expect((await ask(report, ['daily'], { html: true })).out).toMatch(/^<!doctype html>/);
    const old = await ask(report, ['daily'], { to: '2020-01-31' });
    expect(old.out).toContain('# The day 2020-01-31\n\nNo session was recorded.');
  });

  test.each([
    [report, ['hourly'], {}, /daily or weekly|hourly/],
    [report, ['daily'], { to: '2020-13-40' }, /2020-13-40/],
    [regressions, [], { rule: 'luck' }, /luck/],
    [trends, [], { since: 'long' }, /long/],
  ] as [Command<unknown>, string[], Options, RegExp][])(
    'a mistake is named: %#',
    async (command, args, options, message) => {
      expect(await ask(command, args, options)).toMatchObject({
        code: 2,
        error: { code: 'usage', message: expect.stringMatching(message) },
      });
    },
  );

  test('an empty store is reported', async () => {
    const empty = join(temporaryFolder(), 'none');
    for (const command of [regressions, trends, bottlenecks] as Command<unknown>[])
      expect((await ask(command, [], {}, empty)).error?.code).toBe('monitor_empty');
    expect((await ask(report, ['daily'], {}, empty)).error?.code).toBe('monitor_empty');
  });
});
