import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/monitor/demo.ts';
import { inventedMonth, regression } from '../../../src/monitor/demo/month.ts';
import { median } from '../../../src/stats/robust.ts';
import { call } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { DAY, noon } from '../events.ts';

it('the same seed is the same month, with one hook that became slower, and one test that fails now and then', () => {
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
  const logins = month.filter(({ name }) => name === 'login.test.ts');
  expect(new Set(logins.map(({ ok }) => ok))).toEqual(new Set([true, false]));
});

it('the demo tells of it, and leaves nothing with --once', async () => {
  const place = { cwd: temporaryFolder() };
  const once = JSON.parse((await call(command, place, [], { once: true, json: true })).out);
  expect(once).toMatchObject({ alerts: [], home: null });
  expect(once.cases.map(({ handler, state }: { handler: string; state: string }) => [handler, state]).sort()).toEqual([
    [regression.hook, 'open'],
    ['PostToolUse:Edit', 'open'],
  ]);
  expect(once.events).toBeGreaterThan(3000);
  expect(once.cases.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['open', 'open']);
  expect(once.report).toContain(`${regression.hook}`);
  const { out } = await call(command, place, [], { once: true });
  expect(out).toContain('PostToolUse:Edit format.sh');
  expect(existsSync(place.cwd)).toBe(true);
});
