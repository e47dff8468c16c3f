import { expect, it } from 'vitest';
import type { Audit, AuditedHook } from '../../../src/sentinel/audit/audit.ts';
import type { Hook } from '../../../src/sentinel/hook.ts';
import type { EventCounts } from '../../../src/sentinel/optimize/frequencies.ts';
import { type Plan, planOf } from '../../../src/sentinel/optimize/plan.ts';
import { findings } from '../../../src/sentinel/rules/findings.ts';
import { redundancy } from '../../../src/sentinel/rules/redundancy.ts';
import { readHook } from '../../../src/sentinel/shell/read-hook.ts';
import { around, hookOf } from '../hooks.ts';

/** A hook of a plugin, and its time in each execution. */
type Timed = { hook: Hook; walls: number[] };

const timed = (id: string, command: string, walls: number[], change: Parameters<typeof hookOf>[1] = {}): Timed => ({
  hook: hookOf(command, { id, plugin: id.split('/')[0]!, ...change }),
  walls,
});

/** An audit in which each set runs all hooks of its event at once, with the same start. */
async function planned(all: readonly Timed[], sets: readonly [string, string | null][], counts: EventCounts) {
  const hooks = all.map(({ hook }) => hook);
  const scripts = new Map<string, Awaited<ReturnType<typeof readHook>>>();
  for (const hook of hooks) scripts.set(hook.id, await readHook(hook, around));
  const repeated = redundancy(hooks, scripts);
  const found = findings(hooks, scripts, null, repeated);
  const events = sets.map(([event, matched]) => {
    const of = all.filter(({ hook }) => hook.event === event);
    const runs = of[0]!.walls.map((_, round) => {
      const parts = of.map(({ hook, walls }) => ({ id: hook.id, start_ms: 0, wall_ms: walls[round]! }));
      const makespan_ms = Math.max(...parts.map(({ wall_ms }) => wall_ms));
      return { makespan_ms, cpu_ms: makespan_ms, parts };
    });
    return { event, matched, hooks: of.map(({ hook }) => hook.id), makespan_ms: 0, cpu_ms: 0, runs };
  });
  const audited = all.map(({ hook, walls }) => ({
    ...{ id: hook.id, event: hook.event, async: false, dead: null, outcomes: ['ok'] },
    wall_ms: walls.toSorted((a, b) => a - b)[Math.floor(walls.length / 2)]!,
  })) as AuditedHook[];
  const audit = { hooks: audited, events, findings: found, redundancy: repeated } as unknown as Audit;
  return planOf(audit, hooks, { from: 'transcripts', days: 3, everywhere: counts, here: [] });
}

const walk = 'find "$CLAUDE_PROJECT_DIR" -name "*.orig" | head -1';
const of = (plan: Plan, rule: string) => plan.items.filter((item) => item.rule === rule);
const count = (event: string, matched: string | null, per_day: number) => ({ event, matched, per_day });

it('ranks items by the saving in a day of work, and numbers them in that order', async () => {
  const plan = await planned(
    [
      timed('often/walk', walk, [90, 90, 90], { event: 'PostToolUse' }),
      timed('seldom/walk', walk, [400, 400, 400], { event: 'SubagentStop', matcher: null }),
    ],
    [
      ['PostToolUse', 'Edit'],
      ['SubagentStop', 'any'],
    ],
    [count('PostToolUse', 'Edit', 80), count('PostToolUse', 'Write', 20), count('SubagentStop', 'any', 2)],
  );
  const [first, second] = of(plan, 'project-walk');
  expect([first!.hooks, second!.hooks]).toEqual([['often/walk'], ['seldom/walk']]);
  // edits and writes run the same hook, so they are one occasion
  expect(first!.impact!.events).toEqual([
    expect.objectContaining({ event: 'PostToolUse', matched: ['Edit', 'Write'], per_day: 100 }),
  ]);
  expect(plan.items.map(({ item }) => item)).toEqual(plan.items.map((_, i) => i + 1));
  expect(plan.frequencies).toEqual({ from: 'transcripts', days: 3 });
});

it('promises nothing for a hook in parallel to a slower one, and computes the total for all items together', async () => {
  const plan = await planned(
    [
      timed('a/walk', walk, [300, 310, 290]),
      timed('b/walk', walk, [200, 210, 190]),
      timed('c/quick', 'echo "$CLAUDE_PROJECT_DIR" >&2', [5, 5, 5]),
    ],
    [['PostToolUse', 'Edit']],
    [count('PostToolUse', 'Edit', 60)],
  );
  const saved = (hook: string) =>
    of(plan, 'project-walk').find(({ hooks }) => hooks.includes(hook))!.impact!.events[0]?.saved_ms;
  expect(saved('a/walk')).toEqual({ value: 100, low: 100, high: 100, confidence: 0.75 });
  expect(saved('b/walk')).toBeUndefined();
  const [edit] = plan.total.waits;
  expect(edit).toMatchObject({ name: 'Edit cycle', now_ms: { value: 300 }, then_ms: { value: 5 } });
  // 295 ms at 60 edits, more than the 100 ms of the single items
  expect(plan.total.minutes_a_day.value).toBeCloseTo(0.295, 3);
});

it('proposes one program instead of many SessionStart hooks of one publisher', async () => {
  const starting = (id: string, walls: number[], root: string) =>
    timed(id, `echo ${id} "$HOME"`, walls, { event: 'SessionStart', matcher: null, root });
  const plan = await planned(
    [
      starting('a/s', [60, 60, 60], '/m/a'),
      starting('b/s', [40, 40, 40], '/m/b'),
      starting('c/s', [10, 10, 10], '/m/c'),
      starting('d/s', [90, 90, 90], '/elsewhere/d'),
    ],
    [['SessionStart', 'startup']],
    [count('SessionStart', 'startup', 5)],
  );
  expect(of(plan, 'consolidate-session-start').map(({ hooks }) => hooks)).toEqual([['a/s', 'b/s', 'c/s']]);
  expect(plan.total.waits[0]!.name).toBe('Session startup');
});

it('proposes to profile a slow hook that no rule explains, or to skip repeated runs', async () => {
  const plan = await planned(
    [
      timed('guard/g', 'sort big.txt | grep -q x && exit 2', [120, 120, 120], { event: 'PreToolUse' }),
      timed('note/n', 'sort big.txt >&2', [120, 120, 120], { event: 'PostToolUse' }),
    ],
    [
      ['PreToolUse', 'Edit'],
      ['PostToolUse', 'Edit'],
    ],
    [],
  );
  expect(of(plan, 'slow-hook').map(({ measured }) => measured)).toEqual([{ hook: 'guard/g', on: 'usual' }]);
  expect(of(plan, 'cooldown').map(({ hooks }) => hooks)).toEqual([['note/n']]);
  expect(plan.order.first).toEqual(of(plan, 'cooldown').map(({ item }) => item));
});

it('a hook that only this project has runs as often as the events of this project', async () => {
  const walks = [timed('user/walk', walk, [90, 90, 90]), timed('own/walk', walk, [80, 80, 80], { event: 'Stop' })];
  walks[1]!.hook.source = 'project';
  const plan = await planned(
    walks,
    [
      ['PostToolUse', 'Edit'],
      ['Stop', null],
    ],
    [count('PostToolUse', 'Edit', 60), count('Stop', null, 60)],
  );
  const minutes = of(plan, 'project-walk').map(({ hooks, impact }) => [hooks[0], impact!.minutes_a_day.value > 0]);
  expect(Object.fromEntries(minutes)).toEqual({ 'user/walk': true, 'own/walk': false });
});
