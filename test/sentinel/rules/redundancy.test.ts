import { expect, test } from 'vitest';
import type { Hook } from '../../../src/sentinel/hook.ts';
import { redundancy } from '../../../src/sentinel/rules/redundancy.ts';
import { readHook } from '../../../src/sentinel/shell/read-hook.ts';
import { folder } from '../../helpers/folder.ts';
import { around, hookOf } from '../hooks.ts';

/** The repeated work of these hooks: kind, words, ids. */
async function repeated(hooks: readonly Hook[]) {
  const scripts = new Map<string, Awaited<ReturnType<typeof readHook>>>();
  for (const hook of hooks) scripts.set(hook.id, await readHook(hook, around));
  return redundancy(hooks, scripts).map(({ kind, what, hooks: ids }) => [kind, what, ids.join(' ')]);
}

/** A hook whose own script is this text. */
const hook = (id: string, text: string, change: Parameters<typeof hookOf>[1] = {}) =>
  hookOf(text, { id, file: `/${id}/hooks.json`, ...change });

test('the same commands, checks and readings of JSON are found in different spellings', async () => {
  const found = await repeated([
    hook(
      'a',
      'i=$(cat)\nt=$(jq -r .tool_name <<< "$i")\ngit -C "$CLAUDE_PROJECT_DIR" remote get-url origin\ntest -d "$D/.venv/bin"',
    ),
    hook(
      'b',
      `t=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["tool_name"])')\n[ -d "$X/.venv/bin" ] || exit 0`,
    ),
    hook(
      'c',
      `t=$(cat | grep -o '"tool_name": *"[^"]*"')\nr=$(git remote get-url origin 2>/dev/null)\n[[ -d $Y/.venv/bin ]]`,
    ),
  ]);
  expect(found).toEqual([
    ['command', 'git remote get-url origin', 'a c'],
    ['check', 'test -d …/.venv/bin', 'a b c'],
    ['json', 'reading the event’s JSON', 'a b c'],
  ]);
});

test('a copied function is found, but not one that is sourced from one file', async () => {
  const log = 'log() { printf "%s %s\\n" "$(date +%s)" "$*" >> /tmp/hooks.log; }\n';
  const root = folder({ 'lib.sh': log });
  const copied = [hook('a', `${log}log a`), hook('b', `say${log.slice(3)}say b`, { event: 'Stop' })];
  const shared = ['c', 'd'].map((id) => hook(id, `. ${root}/lib.sh; log ${id}`));
  expect(await repeated(copied)).toEqual([['function', 'log()', 'a b']]);
  expect(await repeated(shared)).toEqual([]);
});

test('cheap commands, dead hooks, and one hook with several declarations are no repeated work', async () => {
  const same = 'gh auth status';
  const dead = { dead: { code: 'if' } } as const;
  expect(await repeated([hook('a', 'mkdir -p x; date +%s'), hook('b', 'mkdir -p x; date +%s')])).toEqual([]);
  expect(await repeated([hook('a', same), hook('b', same, dead)])).toEqual([]);
  expect(await repeated([hook('a', same), hook('b', same, { runs_as: 'a' })])).toEqual([]);
  const root = folder({ 'run.sh': same });
  const declared = ['a', 'b'].map((id) => hook(id, `sh ${root}/run.sh`, { event: id === 'a' ? 'Stop' : 'PreToolUse' }));
  expect(await repeated(declared)).toEqual([]);
});
