import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { remove } from '../../../src/core/fs.ts';
import type { Comparison } from '../../../src/sentinel/compare/result.ts';
import { perfGate } from '../../helpers/cli.ts';
import { place, plugins } from './place.ts';

const perfgate = perfGate();

it.runIf(process.platform === 'linux')(
  'the hooks of two commits run in turn, and the work tree is unchanged',
  async () => {
    const { root, git, json, sentinel } = place(perfgate, { 'one/start.sh': 'true', 'two/start.sh': 'true' });
    const commit = (message: string) => {
      git('add', '.');
      git('commit', '-qm', message);
    };
    commit('before');
    plugins(join(root, 'plugins'), { 'one/start.sh': 'sleep 0.1 # `|<b>' });
    commit('after');
    remove(join(root, 'plugins')); // uncommitted changes are ignored
    const status = git('status', '--porcelain');

    const asked = ['HEAD~1', 'HEAD', '--plugins', 'plugins', '--runs', '5'];
    const made = await json<Comparison>('ci', ...asked, '--markdown', 'summary.md');
    expect(made).toMatchObject({
      code: 1,
      verdict: 'regressed',
      baseline: { name: 'HEAD~1' },
      current: { name: 'HEAD' },
    });
    expect(made.hooks).toMatchObject([
      { id: 'one/SessionStart/start.sh', outcome: 'regressed' },
      { id: 'two/SessionStart/start.sh', outcome: 'same' },
    ]);
    const markdown = readFileSync(join(root, 'summary.md'), 'utf8');
    expect(markdown).toContain('| `one/SessionStart/start.sh` |');
    expect(markdown).toContain('+sleep 0.1 # `|<b>');
    remove(join(root, 'summary.md'));
    expect(git('status', '--porcelain')).toBe(status);

    const same = await sentinel('ci', 'HEAD', 'HEAD', '--plugins', 'plugins', '--markdown', '-');
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('no hook or file of a hook changed')]);
    const none = await sentinel('ci', 'HEAD~1', 'HEAD', '--plugins', 'elsewhere');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no folder elsewhere')]);
  },
  60_000,
);
