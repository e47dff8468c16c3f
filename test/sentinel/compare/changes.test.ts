import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../src/sentinel/compare/changes.ts';
import { moved } from '../../../src/sentinel/compare/moved.ts';
import type { Hook } from '../../../src/sentinel/hook.ts';
import type { KeptHook } from '../../../src/sentinel/store/own-files.ts';
import { hookOf } from '../hooks.ts';

const kept = (hash: string | null, change: Partial<Hook> = {}): KeptHook => ({
  hook: { ...hookOf('run.sh'), ...change },
  hash,
  files: [{ at: '/plugin', kind: 'folder', hash, executable: false, refused: null, left_out: [] }],
  lines: { '/plugin/run.sh': 3, '/bin/tool': 9 },
});

describe('a hook in two versions', () => {
  it.each<[string, KeptHook, KeptHook, object]>([
    ['is the same', kept('a'), kept('a'), { kind: 'same', what: [] }],
    ['has other files', kept('a'), kept('b'), { kind: 'changed', what: ['files'] }],
    ['has unknown files', kept(null), kept(null), { kind: 'changed', what: ['files'] }],
    ['has another matcher', kept('a'), kept('a', { matcher: 'Bash' }), { kind: 'changed', what: ['matcher'] }],
    ['no longer runs', kept('a'), kept('a', { dead: { code: 'if' } }), { kind: 'changed', what: ['runs'] }],
    [
      'waits longer',
      kept('a'),
      kept('a', { timeout_s: { written: 60, effective: 60 } }),
      { kind: 'changed', what: ['timeout'] },
    ],
  ])('%s', (_, base, current, change) => {
    expect(changesOf([base], [current])).toMatchObject([change]);
  });

  it('is new, or removed', () => {
    expect(changesOf([], [kept('a')])).toMatchObject([{ kind: 'new', base: null }]);
    expect(changesOf([kept('a')], [])).toMatchObject([{ kind: 'removed', current: null }]);
  });
});

it('a hook moves with its plugin’s folder, and files elsewhere stay', () => {
  const { hook, files, lines } = moved(kept('a'), '/plugin', '/cache/plugin/1.2.4');
  expect(hook).toMatchObject({ root: '/cache/plugin/1.2.4', file: '/cache/plugin/1.2.4/hooks/hooks.json' });
  expect(files).toMatchObject([{ at: '/cache/plugin/1.2.4' }]);
  expect(lines).toEqual({ '/cache/plugin/1.2.4/run.sh': 3, '/bin/tool': 9 });
});
