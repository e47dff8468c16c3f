import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DomainName } from '../../src/core/domain-names.ts';
import { captureWithFirst } from '../../src/profile/capture/capture.ts';
import { profilersFor, withMissingProfilers } from '../../src/scoping/choose-profiler.ts';
import { domains } from '../../src/scoping/domains.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { stackOf } from '../../src/scoping/stack-of.ts';
import { folder } from '../helpers/folder.ts';

const env = process.env;

/** A project of each stack that recon knows. */
const stacks: [language: string | null, files: Record<string, string>][] = [
  ['javascript', { 'package.json': '{}', 'a.js': '' }],
  ['typescript', { 'package.json': '{}', 'tsconfig.json': '{}' }],
  ['python', { 'pyproject.toml': '' }],
  ['rust', { 'Cargo.toml': '' }],
  ['go', { 'go.mod': 'module a' }],
  ['dart', { 'pubspec.yaml': 'name: a' }],
  ['c', { 'a.c': '' }],
  ['c++', { 'a.cpp': '' }],
  ['java', { 'A.java': '' }],
  ['ruby', { 'a.rb': '' }],
  ['shell', { 'a.sh': '' }],
  [null, {}],
];

const all = Object.keys(domains) as DomainName[];

test.each(stacks)(
  '%s: every domain ends in a profile, or in a reason that tells what to do',
  async (language, files) => {
    const cwd = folder(files);
    const seen = recon(cwd);
    expect(seen.language).toBe(language);
    for (const domain of all) {
      const bare = { PATH: '/nowhere' };
      const choices = await profilersFor({ domain, ...seen, script: 'absent' }, { cwd, env: bare });
      // the PATH has no program, so no profiler is usable: not even Node's own, which needs a program of that name
      const request = { script: 'absent', cwd, env: bare, timeout_s: 1, outDir: folder(), scratch: folder() };
      const captured = await captureWithFirst(choices, request);
      const reason = captured.state === 'failed' ? captured.reason : '';
      const says =
        choices.length === 0
          ? /no profiler is known.*name one with its command/
          : /is not installed\. \w|must be run manually\. \w/;
      expect(reason, `${domain} ${language}`).toMatch(says);
    }
  },
);

test.each([
  ['api_latency', 'node server.js', ['node-cpu-prof']],
  ['memory_peak', 'node a.js', ['node-heap-prof']],
  ['memory_peak', 'python3 a.py', ['tracemalloc']],
  ['cli_startup', 'python3 a.py', ['cprofile', 'python-calls']],
])('for %s of %s, the profiler is %s although no tool is installed', async (domain, script, own) => {
  const choices = await profilersFor(
    { domain: domain as DomainName, language: null, tools: [], script },
    { cwd: folder(), env },
  );
  const ready = choices.filter(({ missing, command }) => missing === null && command === undefined);
  expect(ready.map(({ tool }) => tool)).toEqual(own);
});

test('a Python service gets a profiler that sees all its threads', async () => {
  const wanted = { domain: 'api_latency' as const, language: 'python', tools: [], script: 'uvicorn app:app' };
  const choices = await profilersFor({ ...wanted, service: true }, { cwd: folder(), env });
  expect(choices.map(({ tool }) => tool).filter((tool) => /cprofile|python/.test(tool))).toEqual(['python-calls']);
});

test.each([
  ['node a.js', 'javascript'],
  ['FOO=1 python3.12 -m app', 'python'],
  ['sh run.sh', 'python'],
  ['./run.sh --fast', 'python'],
  ['./deep.sh', 'c'],
  ['./tool', 'javascript'],
  ['env A=1 ./program', 'c'],
  ['make bench', null],
  ['sh absent.sh', null],
  ['./loop.sh', null],
])('the language of %s is %s', (script, language) => {
  const cwd = folder({
    'run.sh': '#!/bin/sh\n# node is not meant\ncd .\npython3 app.py "$@"\n',
    'deep.sh': '#!/bin/sh\nexec ./program\n',
    'loop.sh': '#!/bin/sh\n./loop.sh\n',
    tool: '#!/usr/bin/env node\n',
    program: '\x7fELF\x02\x01',
  });
  for (const name of ['run.sh', 'deep.sh', 'tool', 'program']) chmodSync(join(cwd, name), 0o755);
  expect(stackOf(script, { cwd, env })).toBe(language);
});

test('the profilers of the language that are not installed are named, and no others', async () => {
  const found = await withMissingProfilers(recon(folder({ 'go.mod': 'module a' })), { PATH: '/nowhere' });
  expect(found.missing_profilers).toEqual(expect.arrayContaining(['go-cpuprofile', 'perf', 'callgrind']));
  expect(found.missing_profilers).not.toContain('py-spy');
  expect(found.missing_profilers).not.toContain('go-pprof');
});
