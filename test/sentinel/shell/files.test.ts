import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHook } from '../../../src/sentinel/shell/read-hook.ts';
import { folder, put } from '../../helpers/folder.ts';
import { around, hookOf, programsOf } from '../hooks.ts';

/** A plugin's folder, whose `a.sh` is executable. */
function plugin(files: Record<string, string>): string {
  const root = folder(files);
  if (files['a.sh'] !== undefined) chmodSync(join(root, 'a.sh'), 0o755);
  return root;
}

const read = (root: string, command: string, args?: string[]) =>
  readHook(hookOf(command, { root, file: join(root, 'hooks/hooks.json'), ...(args ? { args } : {}) }), around);

const ways = {
  'by itself': `\${CLAUDE_PLUGIN_ROOT}/a.sh`,
  'in quotes': `"\${CLAUDE_PLUGIN_ROOT}"/a.sh`,
  'through a shell': 'bash -e "$CLAUDE_PLUGIN_ROOT/a.sh" x',
  'behind variables': `A=1 env B=2 sh \${CLAUDE_PLUGIN_ROOT}/a.sh`,
  'after a change of folder': 'cd "$CLAUDE_PLUGIN_ROOT" && ./a.sh',
  'as a text for a shell': `sh -c '"\${CLAUDE_PLUGIN_ROOT}"/a.sh'`,
};

test.each(Object.entries(ways))('the script is found: %s', async (_, command) => {
  const root = plugin({ 'a.sh': '#!/bin/sh\nINPUT=$(cat)\ndate\n' });
  const script = await read(root, command);
  expect(script.commands.find(({ program }) => program === 'date')?.at).toEqual({ file: join(root, 'a.sh'), line: 3 });
  expect(script.texts).toEqual([{ file: join(root, 'a.sh'), language: 'shell', lines: 3 }]);
});

test('the script of a command in exec form is found', async () => {
  const root = plugin({ 'a.sh': 'date\n' });
  expect(programsOf(await read(root, 'sh', [`\${CLAUDE_PLUGIN_ROOT}/a.sh`]))).toContain('date');
});

test('scripts that a script sources or runs are read too, without recursion', async () => {
  const root = plugin({
    'a.sh': `#!/bin/bash\nHERE="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"\n. "$HERE/lib/log.sh"\nlog x\n"\${0%/*}/b"\n`,
    'lib/log.sh': '. "$HERE/lib/log.sh"\nlog() { logger "$1"; }\nnever() { curl x; }\n',
    b: '#!/usr/bin/env -S bash\nexit 0\n',
  });
  chmodSync(join(root, 'b'), 0o755);
  const script = await read(root, `\${CLAUDE_PLUGIN_ROOT}/a.sh`);
  expect(programsOf(script)).toEqual(expect.arrayContaining(['logger x', 'exit 0']));
  expect(programsOf(script)).not.toContain('curl x');
  expect(script.texts.map(({ file }) => file.slice(root.length + 1))).toEqual(['a.sh', 'lib/log.sh', 'b']);
});

test('a suspected action of a Python or JavaScript hook is a hint with its line', async () => {
  const root = plugin({
    'a.py': '# import requests\nfrom urllib.parse import quote\nimport json, requests\n\nsubprocess.run(["ls"])\n',
    'a.mjs': "// fetch('x')\nimport { execFile } from 'node:child_process';\nawait fetch('http://x');\nobj.fetch();\n",
  });
  const python = await read(root, `python3 -u \${CLAUDE_PLUGIN_ROOT}/a.py`);
  const node = await read(root, `node --no-warnings \${CLAUDE_PLUGIN_ROOT}/a.mjs`);
  const hints = [...python.hints, ...node.hints].map(({ kind, word, at }) => [kind, word, at.line]);
  expect(hints).toEqual([
    ['network', 'requests', 3],
    ['process', 'subprocess.run', 5],
    ['network', 'fetch', 3],
    ['process', 'child_process', 2],
  ]);
});

test('a hook is declared at the line of its command below its event', async () => {
  const root = plugin({
    'hooks/hooks.json':
      '{"hooks": {\n"Stop": [{"hooks": [{"command": "date"}]}],\n"PostToolUse": [{"hooks": [\n{"command": "date"}]}]}}\n',
  });
  expect((await read(root, 'date')).declared.line).toBe(4);
  expect((await read(root, 'ls')).declared.line).toBe(3);
});

test('a script that is not a text file is not read, and does not block', async () => {
  const root = plugin({ 'a.sh': 'x', long: 'x'.repeat(1024 ** 2 + 1), binary: '\u007fELF\u0000' });
  execFileSync('mkfifo', [join(root, 'pipe')]);
  symlinkSync('loop', join(root, 'loop'));
  put(root, 'folder/x', '');
  const stateOf = async (name: string) => {
    const { commands, problems } = await read(root, `bash "\${CLAUDE_PLUGIN_ROOT}/${name}"`);
    return [commands.find(({ target }) => target)?.target?.state, problems.map(({ code }) => code)];
  };
  expect(await stateOf('pipe')).toEqual(['not_a_file', []]);
  expect(await stateOf('loop')).toEqual(['missing', []]);
  expect(await stateOf('folder')).toEqual(['not_a_file', []]);
  expect(await stateOf('long')).toEqual(['unread', ['unread']]);
  expect(await stateOf('binary')).toEqual(['there', []]);
  expect(await stateOf('gone')).toEqual(['missing', []]);
});

test('a syntax error is reported with its line, and the rest is read', async () => {
  const root = plugin({ 'a.sh': 'date\nif true; then\n  ls\n' });
  const script = await read(root, `\${CLAUDE_PLUGIN_ROOT}/a.sh`);
  expect(script.problems).toMatchObject([{ code: 'syntax', at: { file: join(root, 'a.sh') } }]);
  expect(programsOf(script)).toEqual(expect.arrayContaining(['date', 'ls']));
});

const chain = (n: number, body: (i: number) => string) =>
  `${Array.from({ length: n }, (_, i) => `f${i}() { ${body(i + 1)}; }`).join('\n')}\nf${n}() { date; }\nf0 a`;

const bombs: Record<string, string> = {
  'functions that call two each': chain(30, (i) => `f${i}; f${i}`),
  'functions in a long chain': chain(5000, (i) => `f${i}`),
  'functions with braces in braces': chain(60, (i) => `${'{ '.repeat(100)}f${i}${'; }'.repeat(100)}`),
  'an eval of itself': `a='eval "$a"'; eval "$a"`,
  'a shell in a shell': `a='bash -c "$a"'; bash -c "$a"`,
};

test.each(Object.entries(bombs))('%s are read to a limit', async (_, script) => {
  expect((await readHook(hookOf(script), around)).problems.map(({ code }) => code)).toContain('too_much');
});

test('a variable that doubles in each line takes little memory and time', async () => {
  const doubling = `a=xxxxxxxx\n${'a=$a$a\n'.repeat(60)}date "$a"`;
  expect(programsOf(await readHook(hookOf(doubling), around))).toEqual(['date <$a>']);
  const nested = `a=${'$(printf -- '.repeat(60)}x${')'.repeat(60)}; date`;
  expect((await readHook(hookOf(nested), around)).problems).toEqual([]);
  const words = chain(30, (i) => `f${i} "$@" "$@"`);
  expect(programsOf(await readHook(hookOf(words), around))).toEqual(['date']);
});

test('a subshell ends alone, and has its own functions', async () => {
  const root = plugin({ 'a.sh': '#!/bin/sh\nsay() { date; }\nsay\nexit 1\n' });
  const script = await read(root, `say() { uptime; }; sh -c 'exit 0'; "$CLAUDE_PLUGIN_ROOT/a.sh"; say`);
  expect(programsOf(script)).toEqual(expect.arrayContaining(['date', 'uptime']));
});
