import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { captureProfile, captureWithFirst } from '../../../src/profile/capture/capture.ts';
import { commandLine } from '../../../src/profile/capture/command.ts';
import type { CaptureRequest } from '../../../src/profile/capture/run.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';

const busy = `function burn() { let s = 0; for (let i = 0; i < 2e8; i++) s += i % 7; return s; }
console.log(burn());`;

/** Profiles `script` in a fresh project with the program busy.mjs and these files. */
function capture(script: string, files: Record<string, string> = {}, more: Partial<CaptureRequest> = {}) {
  const cwd = folder({ 'busy.mjs': busy, ...files });
  const [outDir, scratch] = [folder(), folder()];
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  const request = { tool: 'node-cpu-prof', script, cwd, env, timeout_s: 60, outDir, scratch, ...more };
  return { cwd, outDir, scratch, captured: captureProfile(request) };
}

test.each([
  ['node', 'node busy.mjs', {}],
  ['npm run', 'npm run -s go', { 'package.json': '{"scripts":{"go":"node busy.mjs"}}' }],
  ['a she-bang', 'sh -c "chmod +x tool && ./tool"', { tool: `#!/usr/bin/env node\n${busy}` }],
])('a program started by %s is profiled', async (_, script, files) => {
  const { cwd, outDir, scratch, captured } = capture(script, files);
  const result = await captured;
  if (result.state !== 'profiled') throw new Error(`${result.reason}\n${result.output}`);
  expect(result.parsed).toBe(true);
  expect(result.files.map((file) => dirname(file))).toEqual(result.files.map(() => outDir));
  expect(hotspots(result.profile!, cwd).hotspots[0]!.function).toBe('burn');
  expect(readdirSync(scratch)).toEqual([]);
});

test('the profiler changes neither what is printed nor the exit code', async () => {
  const talk = `console.log(process.argv.slice(2).join('|')); console.error('err'); process.exitCode = 7;`;
  const result = await capture('node talk.mjs "a b" "" "$0" \'*\'', { 'talk.mjs': talk }).captured;
  expect(result).toMatchObject({ state: 'failed', reason: 'the profiled command exited with 7' });
  expect(result.state === 'failed' && result.output.split('\n')).toEqual(['a b||/bin/sh|*', '', 'err']);
});

test('a second profile in the same folder is not mixed with the first', async () => {
  const first = capture('node busy.mjs');
  const { outDir } = first;
  await first.captured;
  const second = await capture('node busy.mjs', {}, { outDir }).captured;
  expect(readdirSync(outDir)).toHaveLength(2);
  expect(second.state === 'profiled' && second.files.length).toBe(1);
});

test('a node that is called by its path is reported', async () => {
  const result = await capture(`${process.execPath} busy.mjs`).captured;
  expect(result).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining(`${process.execPath} is called by its path`),
  });
});

test.each([
  ['the contract wants none', { tool: 'none' }, 'the contract turns the profile off (`profiler.tool: none`)'],
  ['an unknown tool has no command', { tool: 'perf' }, 'perf needs a command'],
  ['there is no node', { env: { PATH: '/nowhere' } }, 'there is no node on the PATH'],
  ['it takes too long', { script: 'sleep 30', timeout_s: 0.2 }, 'did not end within 0.2 s'],
  ['no Node runs', { script: 'true' }, 'no node process wrote a profile'],
  ['the scratch folder cannot be made', { scratch: '/dev/null/x' }, 'ENOTDIR'],
])('failed, with the reason, when %s', async (_, more, reason) => {
  const result = await capture('node busy.mjs', {}, more).captured;
  expect(result).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
});

test('the first of several profilers that works is used, and the skipped ones are reported', async () => {
  const cwd = folder({ 'busy.mjs': busy });
  const choices = [
    { tool: 'absent', command: 'absent {command}', missing: 'absent is not there. Install it.' },
    { tool: 'broken', command: 'false {command}', missing: null },
    { tool: 'node-cpu-prof', missing: null },
  ];
  const request = {
    script: 'node busy.mjs',
    cwd,
    env: process.env,
    timeout_s: 60,
    outDir: folder(),
    scratch: folder(),
  };
  const result = await captureWithFirst(choices, request);
  expect(result).toMatchObject({ state: 'profiled', tool: 'node-cpu-prof', parsed: true });
  expect(result.state === 'profiled' && result.note).toContain('absent is not there');
  expect(result.state === 'profiled' && result.note).toContain('broken: the profiled command exited with 1');
  expect(await captureWithFirst([], request)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('no profiler is known'),
  });
});

test('the contract’s own command is run, and its profile read when the format is known', async () => {
  const command = 'NODE_DIR={output} && node --cpu-prof --cpu-prof-dir="$NODE_DIR" busy.mjs';
  const { cwd, captured } = capture('node busy.mjs', {}, { tool: 'mine', command });
  const result = await captured;
  expect(result).toMatchObject({ state: 'profiled', tool: 'mine', parsed: true });
  expect(result.state === 'profiled' && hotspots(result.profile!, cwd).hotspots[0]!.function).toBe('burn');
});

test('a profile in an unknown format is kept, with a note that it was not read', async () => {
  const command = '{command} > out.trace';
  const more = { tool: 'mine', command, output_path: 'out.trace' };
  const result = await capture('echo "nobody reads this" && true', {}, more).captured;
  expect(result).toMatchObject({
    state: 'profiled',
    parsed: false,
    profile: null,
    note: expect.stringContaining('not parsed'),
  });
  expect(result.state === 'profiled' && existsSync(result.files[0]!)).toBe(true);
});

test.each([
  ['node a.js "x y"', `prof '/an out/p' -- node a.js "x y"`],
  ['node a.js && node b.js', `prof '/an out/p' -- sh -c 'node a.js && node b.js'`],
  ["A=1 node -e 'f()'", `prof '/an out/p' -- sh -c 'A=1 node -e '\\''f()'\\'''`],
])('%s keeps its meaning inside the profiler’s command', (script, expected) => {
  expect(commandLine({ command: 'prof {output} -- {command}', script }, '/an out/p')).toBe(expected);
});

test('{command} in quotes is one word, whatever quotes the script has', () => {
  const script = `sh -c 'echo "it is"'`;
  expect(commandLine({ command: "hyperfine '{command}'", script }, '/out/p')).toBe(
    `hyperfine 'sh -c '\\''echo "it is"'\\'''`,
  );
});

test('a folder of profiles that the command leaves in the project is kept and read', async () => {
  const more = { tool: 'mine', command: 'node --cpu-prof --cpu-prof-dir=out/deep busy.mjs', output_path: 'out' };
  const { outDir, captured } = capture('node busy.mjs', {}, more);
  const result = await captured;
  expect(result).toMatchObject({ state: 'profiled', parsed: true });
  expect(result.state === 'profiled' && dirname(result.files[0]!)).toBe(join(outDir, 'out', 'deep'));
});

test('a file that was there before is not taken for the profile', async () => {
  const more = { tool: 'mine', command: '{command}', output_path: 'old.cpuprofile' };
  const result = await capture('true', { 'old.cpuprofile': '{}' }, more).captured;
  expect(result).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('wrote no profile at old.cpuprofile'),
  });
});

test('a broken profile is a failure that says why', async () => {
  const more = { tool: 'mine', command: 'echo "{" > {output}', output_path: join('sub', 'x.cpuprofile') };
  const result = await capture('true', {}, more).captured;
  expect(result).toMatchObject({ state: 'failed', reason: expect.stringContaining('expected JSON') });
});

test('the requested value of a profile is read', async () => {
  const perf = 'a 1 1.1: 9 cycles: \n\tff slow (/a)\n\na 1 1.2: 4 page-faults: \n\tfe touch (/a)\n\n';
  const more = { tool: 'mine', command: 'cp two.perf {output}', script: 'true' };
  const files = { 'two.perf': perf };
  const read = await capture('true', files, { ...more, value: 'page-faults' }).captured;
  expect(read).toMatchObject({ state: 'profiled', profile: { total: 4, unit: 'events' } });
  const refused = await capture('true', files, { ...more, value: 'instructions' }).captured;
  expect(refused).toMatchObject({ state: 'failed', reason: expect.stringContaining('it holds cycles, page-faults') });
});
