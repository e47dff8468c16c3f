import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { command } from '../../../src/cli/commands/monitor/demo.ts';
import { inventedMonth, regression } from '../../../src/monitor/demo/month.ts';
import { flaky } from '../../../src/monitor/demo/tests.ts';
import { views } from '../../../src/monitor/serve/views.ts';
import { median } from '../../../src/stats/robust.ts';
import { call } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { DAY, noon } from '../events.ts';

it('the same seed gives the same month, with one hook that became slower and one flaky test', () => {
  const month = inventedMonth('1', noon);
  expect(inventedMonth('1', noon)).toEqual(month);
  expect(inventedMonth('2', noon)).not.toEqual(month);
  const first = Math.min(...month.map(({ t }) => t));
  const ratioOf = (hook: string) => {
    const of = (after: boolean) =>
      month.filter(({ name, t }) => name === hook && (t - first) / DAY > regression.day === after);
    return median(of(true).map((e) => e.duration_ms!)) / median(of(false).map((e) => e.duration_ms!));
  };
  expect(ratioOf(regression.hook)).toBeGreaterThan(1.3);
  expect(ratioOf('PostToolUse:Edit index.sh')).toBeLessThan(1.2);
  const failed = month.filter(
    ({ kind, ok, attributes }) => kind === 'test' && attributes.what === 'case' && ok === false,
  );
  expect(new Set(failed.map(({ attributes }) => attributes.test))).toEqual(new Set([flaky]));
  const kinds = ['agent', 'hook', 'hook_event', 'model', 'permission', 'resource', 'run', 'test', 'tool', 'turn'];
  expect([...new Set(month.map(({ kind }) => kind))].sort()).toEqual(kinds);
});

it('demo --once reports the slower hook and the busy day, which opens no case, and leaves no files', async () => {
  const place = { cwd: temporaryFolder() };
  const found = JSON.parse((await call(command, place, [], { once: true, json: true })).out);
  expect(found).toMatchObject({ home: null, page: null });
  expect(
    found.cases.map(({ handler, verdict }: { handler: string; verdict: string }) => [handler, verdict]).sort(),
  ).toEqual([
    [regression.hook, 'open'],
    ['PostToolUse:Edit', 'open'],
  ]);
  expect(found.events).toBeGreaterThan(3000);
  expect(found.report).toContain(`${regression.hook}`);
  const rules = found.alerts.map(({ rule }: { rule: string }) => rule);
  expect(rules).toContain('busy-machine');
  const slow = found.alerts.filter(({ rule }: { rule: string }) => rule.startsWith('slow-hooks'));
  expect(slow.length).toBeGreaterThan(0);
  for (const { quiet } of slow) expect(quiet).toEqual({ by: 'inhibition', rule: 'busy-machine' });
  expect(existsSync(place.cwd)).toBe(true);
});

it('the demo serves a page with data in every view until it is interrupted, then removes all its files', async () => {
  const words = ['--import', 'tsx', 'src/cli/index.ts', 'monitor', 'demo', '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGTERM')); // also a test that failed leaves nothing behind
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { home, page } = JSON.parse(line) as { home: string; page: string };
  for (const view of Object.keys(views)) {
    const shown = await (await fetch(`${new URL(page).origin}/api/${view}?hours=672`)).text();
    expect(shown.length, view).toBeGreaterThan(600);
  }
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(home)).toBe(false);
}, 300_000);
