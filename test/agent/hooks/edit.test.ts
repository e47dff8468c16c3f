import { expect, it } from 'vitest';
import { refuseEdit } from '../../../src/agent/hooks/edit.ts';
import { binding, input, state } from './given.ts';

const place = {
  project: '/project',
  realpath: (path: string) => path,
  isProtected: (path: string) => path === 'bench.sh' || path.startsWith('test/'),
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
  ['artifacts by hand', edit('/project/.perf-gate/runs/r/07-verdict.md'), fixing, /not an agent’s to write/],
  ['what says who may approve', edit('/project/.perf-gate/config.yaml'), fixing, /not an agent’s/],
  ['what the hooks go by', edit('/project/.perf-gate/local/session.json'), fixing, /not an agent’s/],
  ['the project outside of the stage fix', edit('/project/src/a.ts'), state(), /only what is changed in the stage fix/],
] as const)('refuses to edit %s', (_, given, at, why) => {
  expect(refuseEdit(given, at, place)).toMatch(why);
});

it.each([
  ['the project in the stage fix', edit('/project/src/a.ts'), fixing],
  ['a draft', edit('/project/.perf-gate/local/r/fix.draft.md'), state()],
  ['the project in another session', edit('/project/src/a.ts', { session_id: 'other' }), state()],
  ['the project while the run is paused', edit('/project/src/a.ts'), state({ paused: true })],
  ['what lies elsewhere', edit('/elsewhere/bench.sh'), state()],
  ['nothing', input({ tool_name: 'Edit', tool_input: {} }), state()],
] as const)('does not mind an edit of %s', (_, given, at) => {
  expect(refuseEdit(given, at, place)).toBe(null);
});
