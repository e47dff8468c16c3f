import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const shim = join(import.meta.dirname, '../../plugin/bin/perf-gate');

/** The strictest available shell: dash, if it is installed. */
const shell = (() => {
  try {
    return execFileSync('/bin/sh', ['-c', 'command -v dash'], { encoding: 'utf8' }).trim();
  } catch {
    return '/bin/sh';
  }
})();

/** A program that prints its name and its arguments. */
function program(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${file}"; for word; do echo "[$word]"; done\n`);
  chmodSync(file, 0o755);
}

const called = (cwd: string, path: string[], ...args: string[]) =>
  execute(shell, [shim, ...args], { cwd, env: { PATH: [...path, '/usr/bin', '/bin'].join(':') } });

describe('the plugin’s perf-gate', () => {
  it('runs the next perf-gate on the PATH, with unchanged arguments', async () => {
    const dir = temporaryFolder();
    program(join(dir, 'a b/perf-gate'));
    program(join(dir, 'node_modules/.bin/perf-gate'));
    const { stdout, code } = await called(dir, [dirname(shim), join(dir, 'a b')], 'start', "it's slow; $(x)", '');
    expect({ stdout, code }).toEqual({
      stdout: `${join(dir, 'a b/perf-gate')}\n[start]\n[it's slow; $(x)]\n[]\n`,
      code: 0,
    });
  });

  it('does not call itself, under any name of its folder', async () => {
    const dir = temporaryFolder();
    symlinkSync(dirname(shim), join(dir, 'link'));
    const { code, stderr } = await called(dir, [dirname(shim), join(dir, 'link'), `${dirname(shim)}/.`]);
    expect({ code, stderr }).toEqual({ code: 127, stderr: expect.stringContaining('perf-gate is not installed') });
  });

  it('finds the project’s own installation from a folder below', async () => {
    const dir = temporaryFolder();
    program(join(dir, 'node_modules/.bin/perf-gate'));
    mkdirSync(join(dir, 'src/deep'), { recursive: true });
    const { stdout } = await called(join(dir, 'src/deep'), [dirname(shim)], 'status');
    expect(stdout).toBe(`${join(dir, 'node_modules/.bin/perf-gate')}\n[status]\n`);
  });
});
