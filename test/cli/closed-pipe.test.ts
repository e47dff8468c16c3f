import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { folder } from '../helpers/folder.ts';

const perfgate = perfGate();

it.each(['plan --help', 'no-such-command --json'])('%s ends quietly if nothing reads its output', (words) => {
  const cwd = folder();
  const script = `{ sleep 0.2; "$0" "$1" ${words} 2> errors; echo $? > code; } | true`;
  execFileSync('sh', ['-c', script, process.execPath, perfgate.bin()], { cwd, env: perfgate.env() });
  const errors = readFileSync(join(cwd, 'errors'), 'utf8');
  expect(errors).not.toMatch(/EPIPE|at .*:\d+/);
  expect(readFileSync(join(cwd, 'code'), 'utf8').trim()).toBe(words.startsWith('plan') ? '0' : '2');
});
