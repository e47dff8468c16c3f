import { expect, it } from 'vitest';
import { type Ended, missingPrograms, outcomeOf } from '../../../src/sentinel/dry-run/outcome.ts';

const ended: Ended = { exit_code: 0, ended: null, not_started: null, lost: false, stderr: '' };

it.each<[Partial<Ended>, string]>([
  [{}, 'ok'],
  [{ exit_code: 2, stderr: 'No commits to main.' }, 'blocked'],
  [{ exit_code: 1 }, 'failed'],
  [{ exit_code: null }, 'failed'],
  [{ exit_code: 126 }, 'broken'],
  [{ exit_code: 127 }, 'broken'],
  [{ exit_code: null, not_started: 'No such file or directory' }, 'broken'],
  [{ exit_code: 2, stderr: "python3: can't open file '/p/hook.py': [Errno 2] No such file or directory" }, 'broken'],
  [{ exit_code: 2, stderr: '/bin/sh: 0: cannot open /p/hook.sh: No such file' }, 'broken'],
  [{ exit_code: 1, stderr: "Error: Cannot find module '/p/hook.js'\n    at Function" }, 'broken'],
  [{ exit_code: 1, stderr: "ModuleNotFoundError: No module named 'yaml'" }, 'broken'],
  [{ exit_code: null, ended: 'by_client' }, 'timed_out'],
  [{ exit_code: null, ended: 'by_us' }, 'cut_off'],
  [{ exit_code: null, ended: 'waiting' }, 'waiting'],
  [{ lost: true }, 'lost'],
])('%j is %s', (given, outcome) => {
  expect(outcomeOf({ ...ended, ...given })).toBe(outcome);
});

it.each([
  ['/p/hook.sh: line 3: jq: command not found', ['jq']],
  ['/bin/sh: 1: jq: not found\n/bin/sh: 2: yq: not found\n/bin/sh: 3: jq: not found', ['jq', 'yq']],
  ['env: ‘python’: No such file or directory', ['python']],
  ['zsh: command not found: jq', ['jq']],
  ['page: not found', []],
])('%j means that programs are missing: %j', (stderr, programs) => {
  expect(missingPrograms(stderr)).toEqual(programs);
});
