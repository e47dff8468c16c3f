import { existsSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remove } from '../../../src/core/fs.ts';
import type { Baseline } from '../../../src/sentinel/baseline/schema.ts';
import type { Comparison } from '../../../src/sentinel/compare/result.ts';
import { perfGate } from '../../helpers/cli.ts';
import { place, plugins } from './place.ts';

const perfgate = perfGate();
const asked = ['--plugins', 'plugins'];
const quick = [...asked, '--runs', '5'];

const before = { 'one/start.sh': 'true', 'two/start.sh': 'true', 'two/Stop.tidy.sh': 'true' };

/** The same with a hook that sleeps and tries to reach a host, one more plugin, and one fewer. */
const after = { 'one/start.sh': 'true; sleep 0.15', 'three/start.sh': 'echo new' };

const of = ({ hooks }: Comparison, id: string) => hooks.find((hook) => hook.id === id);

describe.runIf(process.platform === 'linux')('a baseline', () => {
  it('stores times and files, and is compared with the present hooks', async () => {
    const { root, data, cache, sentinel, json } = place(perfgate, before);
    const kept = await json<Baseline & { file: string }>('baseline', ...asked, '--runs', '2', '--tag', 'v1');
    expect(kept).toMatchObject({
      code: 0,
      version: null,
      file: join(data, 'perf-gate/sentinel/baselines/v1.json'),
      measurements: { session_startup: { runs: [expect.any(Number), expect.any(Number)] }, edit_cycle: null },
      metadata: { hook_count: 3, total_hook_lines: 3, plugins: ['one', 'two'] },
      method: 'native',
    });
    expect(readlinkSync(join(cache, 'baselines/latest'))).toBe('v1.json');
    expect(existsSync(join(cache, 'baselines/v1.json'))).toBe(true);
    const modeOf = (path: string) => statSync(join(data, 'perf-gate/sentinel', path)).mode & 0o777;
    expect([modeOf('.'), modeOf('baselines/v1.json')]).toEqual([0o700, 0o600]);

    const again = await sentinel('baseline', ...asked, '--runs', '2', '--tag', 'v1');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('The baseline v1 already exists')]);

    const same = await json<Comparison>('compare', ...quick);
    expect(same).toMatchObject({ code: 0, verdict: 'held', cage: null, causes: [], events: [] });
    expect(same.hooks.every(({ outcome }) => outcome === 'same')).toBe(true);

    remove(join(root, 'plugins'));
    plugins(join(root, 'plugins'), after);
    const made = await json<Comparison>('compare', ...quick, '--baseline', 'v1');
    expect(made).toMatchObject({ code: 1, verdict: 'regressed', hook_count: { baseline: 3, current: 2 } });
    expect(of(made, 'one/SessionStart/start.sh')).toMatchObject({ outcome: 'regressed', decided_in: 2, in_turn: true });
    expect(of(made, 'two/SessionStart/start.sh')).toMatchObject({ outcome: 'removed', changes: [] });
    expect(of(made, 'three/SessionStart/start.sh')).toMatchObject({ outcome: 'new', changes: [] });
    expect(made.events).toMatchObject([{ wait: 'session_startup', outcome: 'regressed' }]);
    const [cause] = made.causes;
    expect(cause).toMatchObject({
      id: 'one/SessionStart/start.sh',
      kind: 'changed',
      what: ['files'],
      own_script: true,
      diffs: [{ file: 'start.sh', is_run: true, lines: ['@@ -1 +1 @@', '-true', '+true; sleep 0.15'] }],
    });
    expect(cause!.change_ms).toBeGreaterThan(75); // half of its sleep
    if (cause!.execs.current !== null) expect(cause).toMatchObject({ programs: { sleep: 1 } });
  }, 60_000);

  it('without its files is compared by its stored times, which prove no regression', async () => {
    const { root, data, json } = place(perfgate, { 'one/start.sh': 'true' });
    await json('baseline', ...asked, '--runs', '5', '--tag', 'old');
    plugins(join(root, 'plugins'), { 'one/start.sh': 'true; sleep 0.1' });
    remove(join(data, 'perf-gate/sentinel/objects'));
    const made = await json<Comparison>('compare', ...quick);
    expect(made).toMatchObject({ code: 4, verdict: 'undecided', files_gone: ['one/SessionStart/start.sh'] });
    expect(made.hooks).toMatchObject([{ outcome: 'undecided', in_turn: false }]);
    expect(made.hooks[0]!.changes[0]!.change_pct).toBeGreaterThan(10);
    expect(made.events).toMatchObject([{ wait: 'session_startup', in_turn: false }]);
  }, 60_000);
});

describe.runIf(process.platform === 'linux')('hooks that have nothing to be compared with', () => {
  it('pass within the budget of their event, but not over it or if they do not end', async () => {
    const old = { 'one/start.sh': 'true', 'two/PreToolUse.look.sh': 'true' };
    const { root, json } = place(perfgate, old);
    await json('baseline', ...asked, '--runs', '2', '--tag', 'v1');
    const compared = async (added: Record<string, string>) => {
      remove(join(root, 'plugins'));
      plugins(join(root, 'plugins'), { ...old, ...added });
      return await json<Comparison>('compare', ...quick);
    };
    const made = await compared({
      'three/Stop.new.sh': 'true',
      'three/UserPromptSubmit.new.sh': 'sleep 0.2',
      'three/PostToolUse.new.sh': 'sleep 0.05',
    });
    expect(made).toMatchObject({ code: 1, verdict: 'regressed' });
    expect(Object.fromEntries(made.events.map(({ wait, outcome }) => [wait, outcome]))).toMatchObject({
      turn_end: 'new',
      prompt: 'regressed',
      edit_cycle: 'regressed',
    });
    expect(made.events.find(({ wait }) => wait === 'prompt')!.changes).toMatchObject([
      { baseline: 0, change_pct: null },
    ]);
    expect(made.hooks.filter(({ outcome }) => outcome === 'new')).toHaveLength(3);

    const endless = await compared({ 'three/UserPromptSubmit.new.sh': 'sleep 60' });
    expect(endless).toMatchObject({ code: 1, verdict: 'regressed', events: [{ outcome: 'not_run' }] });
    expect(endless.hooks.find(({ unlike }) => unlike)).toMatchObject({
      outcome: 'unlike',
      unlike: { baseline: 'absent', current: 'waiting' },
    });
  }, 120_000);

  it('are refused with a baseline of another place', async () => {
    const { root, json, sentinel } = place(perfgate, { 'one/start.sh': 'true' });
    await json('baseline', ...asked, '--runs', '2', '--tag', 'v1');
    plugins(join(root, 'others'), { 'two/start.sh': 'true' });
    const { code, stderr } = await sentinel('compare', '--plugins', 'others', '--baseline', 'v1');
    expect([code, stderr]).toEqual([2, expect.stringContaining('The baseline v1 holds none of these hooks')]);
  }, 30_000);
});

describe('the arguments', () => {
  it('are refused with the allowed tags, and the existing baselines', async () => {
    const { sentinel } = place(perfgate, before);
    const bad = await sentinel('baseline', ...asked, '--tag', '../v1');
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('“../v1” cannot be the tag of a baseline.')]);
    const none = await sentinel('compare', ...asked);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no baseline of these hooks.')]);
  });
});
