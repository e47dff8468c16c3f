import { expect, it } from 'vitest';
import { fulfilling, holds } from '../../../src/sentinel/discover/condition.ts';
import { chooseInput } from '../../../src/sentinel/dry-run/choose-input.ts';
import { readInputs } from '../../../src/sentinel/dry-run/inputs.ts';
import { isRunnable } from '../../../src/sentinel/dry-run/runnable.ts';
import { setsOf } from '../../../src/sentinel/dry-run/together.ts';
import { hookOf } from '../dry-run/hooks.ts';

const bash = (command: string) => ({ command });
const file = (file_path: string) => ({ file_path });

it.each<[condition: string, tool: string, input: unknown, holds: boolean | null]>([
  ['Bash(git *)', 'Bash', bash('git commit -m x'), true],
  ['Bash(git *)', 'Bash', bash('npm test'), false],
  ['Bash(git push:*)', 'Bash', bash('git push'), true],
  ['Bash(git push *)', 'Bash', bash('cd x && git push origin main'), true],
  ['Bash(git push *)', 'Bash', bash('echo $(git push x)'), null],
  ['Bash(* --force*)', 'Bash', bash('git push --force'), true],
  ['Bash', 'Bash', bash('anything'), true],
  ['Bash(git *)', 'Edit', file('/p/a.ts'), false],
  ['Edit(*.ts)', 'Edit', file('/p/src/a.ts'), true],
  ['Edit(*.ts)', 'Edit', file('/p/src/a.py'), false],
  ['Edit(*.ts)', 'Write', file('/p/src/a.ts'), null],
  ['Edit(src/**)', 'Edit', file('/p/src/a.ts'), null],
  ['mcp__files__read', 'mcp__files__read', {}, true],
  ['WebFetch(domain:a.example)', 'WebFetch', { url: 'https://a.example' }, null],
  ['Bash(', 'Bash', bash('x'), null],
])('%s for %s %j: %s', (condition, tool, input, expected) => {
  expect(holds(condition, tool, input)).toBe(expected);
});

it('is quick for a pattern that is meant to be slow', () => {
  expect(holds(`Bash(${'*a'.repeat(2000)}b)`, 'Bash', bash('a'.repeat(100_000)))).toBe(false);
});

it('gives a command or a file for which it holds', () => {
  for (const condition of ['Bash(git push *)', 'Bash(npm:*)', 'Edit(*.py)', 'Read(*.env)']) {
    const { tool, field, text } = fulfilling(condition)!;
    expect([condition, holds(condition, tool, { [field]: text })]).toEqual([condition, true]);
  }
  expect(fulfilling('mcp__files__read')).toBeNull();
});

const inputs = readInputs();
const of = (id: string, condition: string | null) => {
  const hook = hookOf(id, `: ${id}`, { matcher: null, if: condition });
  if (!isRunnable(hook)) throw new Error('it is a command');
  return hook;
};

it('a hook runs on an input for which its condition holds, together with the other hooks that match it', () => {
  const hooks = [
    of('all', null),
    of('push', 'Bash(git push *)'),
    of('commit', 'Bash(git commit *)'),
    of('odd', 'Bash({)'),
  ];
  const chosen = (hook: (typeof hooks)[number]) => chooseInput(hook, inputs)!.usual;
  expect(chosen(hooks[1]!).input.tool_input).toMatchObject({ command: 'git push x' });
  expect(chosen(hooks[2]!).name).toBe('PreToolUse.Bash');
  const sets = setsOf(hooks, inputs, chosen).map((set) => [set.key, set.hooks.map(({ id }) => id)]);
  expect(sets).toContainEqual(['PreToolUse.Bash Bash', ['all', 'commit']]);
  expect(sets).toContainEqual(['PreToolUse.Bash Bash Bash(git push *)', ['all', 'push']]);
  expect(new Set(sets.map(([key]) => key)).size).toBe(sets.length);
});
