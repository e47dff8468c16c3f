import { expect, test } from 'vitest';
import { rules } from '../../../src/sentinel/rules/table.ts';
import { findingsOf, hookOf } from '../hooks.ts';
import { type Case, cases, of, start } from './cases.ts';

const found = async ({ hooks, measured }: Case, rule: string) =>
  (await findingsOf(hooks, measured ?? null)).filter((finding) => finding.rule === rule);

const listed = Object.entries(cases).map(([rule, { bad, good }]) => ({ rule, bad, good }));

test('every rule has examples, and names are unique', () => {
  expect(listed.map(({ rule }) => rule).sort()).toEqual(rules.map(({ id }) => id).sort());
});

test.each(listed)('$rule finds the fault with its place, and gives advice', async ({ rule, bad }) => {
  for (const each of bad) {
    const all = await found(each, rule);
    expect(
      all.map((finding) => finding.hook),
      JSON.stringify(each.hooks[0]!.handler),
    ).toContain('plugin/hook');
    for (const { lines, title, advice } of all) {
      expect(lines.length).toBeGreaterThan(0);
      expect(`${title} ${advice}`).not.toMatch(/undefined|null|NaN|\[object|…{2}/);
    }
  }
});

test.each(listed)('$rule finds nothing in a good hook', async ({ rule, good }) => {
  for (const each of good) expect(await found(each, rule), JSON.stringify(each.hooks[0]!.handler)).toEqual([]);
});

test('a hook that never runs has no other findings', async () => {
  const dead = hookOf('curl http://x', { ...start, timeout: null, dead: { code: 'if' } });
  expect((await findingsOf([dead])).map(({ rule }) => rule)).toEqual(['dead-if']);
});

test('a guess from the words of a script has a low severity', async () => {
  const [finding] = await found(of(`python3 -c 'import requests'`, start), 'http-in-session-start');
  expect(finding).toMatchObject({ severity: 'low', facts: { heuristic: true } });
});
