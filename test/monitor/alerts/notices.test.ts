import { describe, expect, test } from 'vitest';
import { type AlertState, evaluated, noAlerts } from '../../../src/monitor/alerts/evaluate.ts';
import { type Notice, noticesOf, type Told, usualPace } from '../../../src/monitor/alerts/notices.ts';
import type { Rule } from '../../../src/monitor/alerts/rule.ts';
import type { Silence } from '../../../src/monitor/alerts/silence.ts';
import { alertWords } from '../../../src/monitor/alerts/words.ts';
import { minute, ruleOf, start } from './traces.ts';

const rule = ruleOf({ by: ['plugin'], for: '0s', keep_firing_for: '0s' });

/** By minute, which plugins are slow; what is said, as `minute status plugins`, those that are over in brackets. */
function said(minutes: string[][], { rules = [rule], silences = [] as Silence[], escalates = false } = {}): string[] {
  let state: AlertState = noAlerts;
  let told: Told = {};
  return minutes.flatMap((slow, i) => {
    const now = start + i * minute;
    const readings = (of: Rule) =>
      of.name === 'slow' || of.name === slow[0]
        ? slow.map((plugin) => ({ labels: of.by.length > 0 ? { plugin } : {}, samples: 50, value: 900, holds: true }))
        : [];
    const look = evaluated(state, rules, { now, readings });
    state = look.state;
    const spoken = noticesOf(told, { rules, state, silences, now, happened: look.happened }, usualPace);
    told = JSON.parse(JSON.stringify(spoken.told));
    return spoken.notices.map((notice) => `${i} ${textOf(notice, escalates)}`);
  });
}

const textOf = ({ rule, status, alerts }: Notice, escalates: boolean) =>
  [
    ...(rule === 'slow' ? [] : [rule]),
    status,
    ...alerts.map(({ labels, ended, severity }) => {
      const name = escalates ? `${labels.plugin} ${severity}` : (labels.plugin ?? '');
      return ended === null ? name : `(${name})`;
    }),
  ]
    .join(' ')
    .trim();

const quiet = (count: number, slow: string[] = []) => new Array<string[]>(count).fill(slow);

describe('messages', () => {
  test('contain all firing alerts of a rule, once', () => {
    expect(said([['a', 'b'], ...quiet(30, ['a', 'b'])])).toEqual(['0 firing a b']);
  });

  test('report alerts that begin or end soon after the last message five minutes later', () => {
    expect(said([['a'], ...quiet(3, ['a', 'b']), ...quiet(3, ['b', 'c'])])).toEqual(['0 firing a', '5 firing b c (a)']);
  });

  test('report the end of all alerts of a rule', () => {
    expect(said([...quiet(6, ['a', 'b']), ...quiet(6)])).toEqual(['0 firing a b', '6 resolved (a) (b)']);
  });

  test('are repeated for alerts that fire for hours, but not earlier', () => {
    expect(said(quiet(9 * 60, ['a']))).toEqual(['0 firing a', '240 firing a', '480 firing a']);
  });

  test('are sent at once for alerts that become critical', () => {
    const rules = [ruleOf({ by: ['plugin'], for: '0s', escalate_after: '2m' })];
    expect(said(quiet(4, ['a']), { rules, escalates: true })).toEqual(['0 firing a warning', '2 firing a critical']);
  });
});

const silence = (more: Partial<Silence>): Silence => ({
  id: 's1',
  rule: null,
  labels: {},
  until: new Date(start + 3 * minute).toISOString(),
  reason: 'known',
  ...more,
});

describe('silences', () => {
  test('mute alerts until they expire; alerts that still fire are sent then', () => {
    expect(said(quiet(6, ['a']), { silences: [silence({ rule: 'slow' })] })).toEqual(['3 firing a']);
  });

  test('apply to the rule and labels that they name', () => {
    const of = (more: Partial<Silence>) => said([['a', 'b']], { silences: [silence(more)] });
    expect(of({ labels: { plugin: 'a' } })).toEqual(['0 firing b']);
    expect(of({ rule: 'other' })).toEqual(['0 firing a b']);
    expect(of({})).toEqual([]);
  });

  test('suppress the message about alerts that end meanwhile', () => {
    const silences = [silence({ rule: 'slow' })];
    expect(said([['a'], ['a'], [], [], [], []], { silences })).toEqual([]);
  });
});

test('a busy machine inhibits rules for durations; their alerts are sent when it is no longer busy', () => {
  const busy = ruleOf({ name: 'busy', metric: 'resource.load', for: '0s', keep_firing_for: '0s' });
  const rules = [busy, { ...rule, inhibited_by: ['busy'] }];
  expect(said([['busy'], ['busy'], ['a'], ['a']], { rules })).toEqual(['0 busy firing', '2 firing a']);
});

test('alerts are described in sentences', () => {
  const alert = {
    rule: 'slow',
    labels: { plugin: 'p\u001b[1m' },
    severity: 'warning',
    value: 1234,
    began: start,
  } as const;
  expect(alertWords({ ...alert, ended: null }, rule)).toBe(
    'slow, p (plugin): the 95th percentile of hook_event.duration_ms is 1234 ms, above 500 ms, since 2026-11-30 08:00:00 UTC.',
  );
  expect(alertWords({ ...alert, ended: start + 90_000 }, rule)).toBe('slow, p (plugin): over after 1 min 30 s.');
  expect(alertWords({ ...alert, ended: start + 90_000, ending: 'no_data' }, rule)).toBe(
    'slow, p (plugin): over after 1 min 30 s, because no new values arrive; whether the metric recovered is unknown.',
  );
  expect(alertWords({ ...alert, labels: {}, value: null, ended: null }, rule)).toMatch(/has seen no value since/);
  expect(
    alertWords({ ...alert, labels: {}, value: 0.85, ended: null }, { ...rule, agg: 'ratio', op: '<', value: 0.9 }),
  ).toContain('the success rate of hook_event.duration_ms is 85.0 %, below 90.0 %');
});
