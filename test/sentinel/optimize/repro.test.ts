import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Input } from '../../../src/sentinel/dry-run/inputs.ts';
import type { CommandHook } from '../../../src/sentinel/dry-run/runnable.ts';
import { checksOf, reproOf } from '../../../src/sentinel/optimize/repro.ts';
import { filesUnder, repository, temporaryFolder } from '../../helpers/repository.ts';
import { hookOf } from '../hooks.ts';

const input: Input = {
  name: 'PostToolUse.Edit',
  event: 'PostToolUse',
  about: '',
  kind: 'usual',
  together: true,
  grows: 'tool_input.new_string',
  input: { cwd: `\${cwd}`, tool_input: { file_path: `\${file}`, new_string: 'a `b` $HOME \\ "c" \'d\'\nEVENT\n' } },
};

/** The output of a contract's command in an arm that is a copy of the project. */
function printed(
  command: string,
  change: Parameters<typeof hookOf>[1] = {},
  { hidesPaths = false, bytes = 0 }: { hidesPaths?: boolean; bytes?: number } = {},
) {
  const arm = repository({
    'plugins/my plugin/hooks/say.sh': '#!/bin/sh\nIFS= read -r line\nprintf "%s\\n" "$line"\nexit 2\n',
  }).root;
  const hook = hookOf(command, { root: '/project/plugins/my plugin', ...change }) as CommandHook;
  const made = reproOf({ hook, input, project: '/project', file: 'src/a.ts', bytes }, hidesPaths);
  const env = { ...process.env, ...made.env, TMPDIR: temporaryFolder() };
  mkdirSync(join(env.TMPDIR, 'x'));
  const run = (text: string) => execFileSync('/bin/sh', ['-c', text], { cwd: arm, env, encoding: 'utf8' });
  run(made.setup);
  return { arm, out: run(made.script), tmp: env.TMPDIR };
}

it('runs the hook on its event, in the arm, and prints its answer with the exit code', () => {
  const { arm, out } = printed(`sh "\${CLAUDE_PLUGIN_ROOT}"/hooks/say.sh`);
  const [event, code] = out.trimEnd().split('\n');
  expect(code).toBe('exit code 2');
  expect(JSON.parse(event!)).toEqual({
    cwd: arm,
    tool_input: { file_path: `${arm}/src/a.ts`, new_string: 'a `b` $HOME \\ "c" \'d\'\nEVENT\n' },
  });
});

it.each([
  ['by a shell', `echo "$CLAUDE_PROJECT_DIR" "\${CLAUDE_PLUGIN_ROOT}" "$CLAUDECODE"`, {}],
  ['where a shell would take it literally', `echo '\${CLAUDE_PROJECT_DIR}' '\${CLAUDE_PLUGIN_ROOT}' 1`, {}],
  ['without a shell', 'echo', { args: [`\${CLAUDE_PROJECT_DIR}`, `\${CLAUDE_PLUGIN_ROOT}`, '1'] }],
] as const)('gives the paths of the arm %s', (_, command, change) => {
  const { arm, out } = printed(command, change as Parameters<typeof hookOf>[1]);
  expect(out).toBe(`${arm} ${arm}/plugins/my plugin 1\nexit code 0\n`);
});

it.each(['x$(touch y)', 'x`touch y`', `x"; touch y; "`, "it's", 'a blank', 'back\\slash', '$HOME'])(
  'treats %s as a plain name of a plugin’s folder',
  (name) => {
    const { arm, out } = printed('printf "%s\\n" "$CLAUDE_PLUGIN_ROOT"', { root: `/project/plugins/${name}` });
    expect(out).toBe(`${arm}/plugins/${name}\nexit code 0\n`);
    expect(filesUnder(arm)).not.toHaveProperty('y');
  },
);

it('removes the arm’s paths from the answer if the arms would differ by them', () => {
  const { out } = printed('echo "$CLAUDE_PROJECT_DIR/a $CLAUDE_PLUGIN_DATA" >&2; exit 3', {}, { hidesPaths: true });
  expect(out).toMatch(/^PROJECT\/a TEMPORARY\/claude\S*\nexit code 3\n$/);
});

it('gives a plugin a data folder', () => {
  const { out, tmp } = printed('cd "$CLAUDE_PLUGIN_DATA" && pwd');
  expect(out).toContain(`${tmp}/claude/plugins/data/`);
});

it('makes a long event when the arm is made, and keeps it out of the contract', () => {
  const { arm, out } = printed('cat', {}, { bytes: 20_000 });
  const [event, code] = [out.slice(0, out.lastIndexOf('}') + 1), out.slice(out.lastIndexOf('}') + 1)];
  const { cwd, tool_input } = JSON.parse(event);
  expect([cwd, code]).toEqual([arm, 'exit code 0\n']);
  expect(tool_input.new_string.length).toBeGreaterThan(20_000);
  expect(tool_input.new_string.length).toBeLessThan(20_300);
  expect(tool_input.new_string).toMatch(/^a `b` \$HOME \\ "c" 'd'\nEVENT\n\n {2}const total/);
});

it('fails if a hook’s answer to another event changed, and names the event and the answer', () => {
  const arm = repository({}).root;
  const hook = hookOf('echo "$CLAUDE_PROJECT_DIR"; exit 2', { root: null, plugin: null }) as CommandHook;
  const check = (text: string) => {
    const named = { ...input, name: "it's $(touch y)" };
    const checks = checksOf({ hook, project: '/project', file: 'a.ts' }, [{ input: named, text }]);
    return spawnSync('/bin/sh', ['-c', checks], { cwd: arm, env: { ...process.env, TMPDIR: '/x' }, encoding: 'utf8' });
  };
  expect(check('PROJECT\nexit code 2')).toMatchObject({ status: 0, stderr: '' });
  expect(check("it's allowed\nexit code 0")).toMatchObject({
    status: 1,
    stderr: "the output or exit code of the hook has changed for the event it's $(touch y), 1: PROJECT\nexit code 2\n",
  });
});

it('passes every text to the hook unchanged, and executes none of it', () => {
  const arm = repository({}).root;
  const hook = hookOf('cat', { root: null, plugin: null }) as CommandHook;
  const odd = fc.constantFrom(
    '$(touch x)',
    '`touch x`',
    '\\',
    '"',
    "'",
    '$PWD',
    '\nEVENT\n',
    'EVENT',
    '%s',
    '\u0001',
    'ä€',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(odd, fc.string({ unit: 'grapheme' })), { maxLength: 8 }),
      fc.boolean(),
      (parts, isLong) => {
        const text = parts.join('').replaceAll('\0', '');
        const given = { ...input, input: { new_string: text }, grows: 'new_string' };
        const made = reproOf(
          { hook, input: given, project: '/project', file: 'a', bytes: isLong ? text.length + 99 : 0 },
          false,
        );
        const env = { ...process.env, TMPDIR: join(arm, 'tmp') };
        const run = (script: string) => execFileSync('/bin/sh', ['-c', script], { cwd: arm, env, encoding: 'utf8' });
        run(made.setup);
        const out = run(made.script);
        expect(JSON.parse(out.slice(0, out.lastIndexOf('}') + 1)).new_string.slice(0, text.length)).toBe(text);
      },
    ),
    { numRuns: 40 },
  );
  expect(filesUnder(arm)).not.toHaveProperty('x');
});
