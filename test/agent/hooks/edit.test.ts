import { expect, it } from 'vitest';
import { refuseEdit } from '../../../src/agent/hooks/edit.ts';
import { binding, input, state } from './given.ts';

const place = {
  project: '/project',
  realpath: (path: string) => path,
  isProtected: async (path: string) => path === 'bench.sh' || path.startsWith('test/'),
  binding: binding(),
};
const fixing = state({ stage: 'fix', by: 'actor', may_edit: true });
const edit = (file_path: string, more: object = {}) => input({ tool_name: 'Edit', tool_input: { file_path }, ...more });

it.each([
  ['what is protected', edit('/project/bench.sh'), fixing, /protected by the contract/],
  ['what is protected, by a path in a detour', edit('/project/src/../test/a.ts'), fixing, /protected/],
  [
    'what is protected, relative to where the agent is',
    edit('../bench.sh', { cwd: '/project/src' }),
    fixing,
    /protected/,
  ],
  [
    'what is protected, in another session too',
    edit('/project/bench.sh', { session_id: 'other' }),
    fixing,
    /protected/,
  ],
  ['artifacts by hand', edit('/project/.perf-gate/runs/r/07-verdict.md'), fixing, /An agent must not write/],
  ['the file that says who may approve', edit('/project/.perf-gate/config.yaml'), fixing, /An agent must not write/],
  ['the files that the hooks read', edit('/project/.perf-gate/local/session.json'), fixing, /An agent must not write/],
  [
    'the project outside of the stage fix',
    edit('/project/src/a.ts'),
    state(),
    /only changes that are made in the stage fix/,
  ],
] as const)('an edit of %s is refused', async (_, given, at, why) => {
  expect(await refuseEdit(given, at, place)).toMatch(why);
});

it.each([
  ['test', '/project/test/a.ts'],
  ['./test/', '/project/test/a.ts'],
  ['te*/**', '/project/test/a.ts'],
  ['{lib,test}/**', '/project/test/a.ts'],
  ['**/a.ts', '/project/test/a.ts'],
  ['bench.sh', '/project/bench.sh'],
])('the matcher is loaded for the pattern %s and the path %s', async (pattern, path) => {
  const given = { ...fixing, protected: [pattern] };
  expect(await refuseEdit(edit(path), given, place)).toMatch(/protected/);
});

it('the matcher is not loaded for a path that begins like no pattern', async () => {
  const isProtected = () => Promise.reject(new Error('was asked'));
  expect(await refuseEdit(edit('/project/src/a.ts'), fixing, { ...place, isProtected })).toBe(null);
});

it.each([
  ['the project in the stage fix', edit('/project/src/a.ts'), fixing],
  ['a draft', edit('/project/.perf-gate/local/r/fix.draft.md'), state()],
  ['the project in another session', edit('/project/src/a.ts', { session_id: 'other' }), state()],
  ['the project while the run is paused', edit('/project/src/a.ts'), state({ paused: true })],
  ['what lies elsewhere', edit('/elsewhere/bench.sh'), state()],
  ['nothing', input({ tool_name: 'Edit', tool_input: {} }), state()],
] as const)('an edit of %s is allowed', async (_, given, at) => {
  expect(await refuseEdit(given, at, place)).toBe(null);
});
