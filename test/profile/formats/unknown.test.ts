import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { write } from '../programs.ts';

const refused = async (name: string, content: string | Uint8Array) => {
  const dir = write(name, Buffer.from(content));
  const thrown: { code?: string; message?: string; hint?: string } = await readProfile(join(dir, name)).then(
    () => ({}),
    (error: unknown) => error as object,
  );
  expect(thrown.code).toBe('profile_unreadable');
  return { message: thrown.message!, hint: thrown.hint! };
};
const words = (...all: number[]) => new Uint8Array(new BigUint64Array(all.map(BigInt)).buffer);

test.each([
  ['a JSON object', '{"alpha": {"x": [1, 2]}, "beta": 2}', /a JSON object with the keys “alpha”, “beta”/],
  ['a JSON list', '[{"alpha": 1}]', /a JSON list of objects with the keys “alpha”/],
  ['text', 'Dear reader,\nhello', /text that begins with “Dear reader,”/],
  ['binary data', new Uint8Array([1, 2, 3, 255]), /binary data that begins with 01 02 03 ff/],
  ['an archive', 'PK\u0003\u0004\u0014\0', /found a zip archive/],
  ['nothing', '', /an empty file/],
])('the error about an unknown file describes it: %s', async (_, content, seen) => {
  const { message, hint } = await refused('a.bin', content);
  expect(message).toMatch(seen);
  expect(hint).not.toMatch(/cpu-prof/);
});

test('the message is short even if a file’s keys and lines are long', async () => {
  const keys = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}${'k'.repeat(300)}`, i]));
  expect((await refused('a.json', JSON.stringify(keys))).message.length).toBeLessThan(1500);
  expect((await refused('a.txt', 'x'.repeat(1_000_000))).message.length).toBeLessThan(1000);
});

test.each([
  ['Java Flight Recorder', 'FLR\0\0\u0002', /jfrconv/],
  ['raw data of perf', 'PERFILE2\0\0', /perf script -i/],
  ['gperftools', words(0, 3, 0, 10_000, 0, 1, 1, 77), /pprof -proto/],
  ['GHC', '\tThu Jan  1 2026 Time and Allocation Profiling Report  (Final)\n', /inferno-collapse-ghcprof/],
  ['the output of gprof', 'Flat profile:\n\nEach sample counts as 0.01 seconds.\n', /perf record -g/],
  ['the output of gprof', 'index % time    self  children    called     name\n', /perf record -g/],
  ['the output of `sample` of macOS', 'Analysis of sampling rg\n\nCall graph:\n  825 Thread_1\n', /collapse-sample/],
  [
    'a legacy text profile of pprof',
    'threadcreate profile: total 7\n6 @ 0x44cb3\n\n1 @ 0x44d2f\n\n',
    /go tool pprof -proto/,
  ],
  ['a legacy CPU profile of gperftools', new Uint8Array(new Uint32Array([0, 3, 1, 10_000, 0]).buffer), /pprof -proto/],
  [
    'the text of Java’s old agent',
    'JAVA PROFILE 1.0.1, created Mon Aug  4 2008\n\nHeader for\n-agentlib:hprof\n',
    /asprof -e cpu/,
  ],
  ['a heap dump of Java', 'JAVA PROFILE 1.0.2\0\0\0', /asprof -e alloc/],
  ['a profile of GHC as JSON', '{"program": "x", "arguments": [], "rts_arguments": ["-p"]}', /collapse-ghcprof/],
  ['a drawn flame graph', '<?xml version="1.0"?>\n<svg version="1.1"></svg>', /folded stacks/],
  ['a tree that was copied from Instruments', 'Weight\tSelf Weight\tSymbol Names\n', /xctrace/],
  ['a recording of Safari', '{"version": 1, "recording": {}}', /speedscope/],
  ['a call graph of pmcstat', '@ inst_retired.any [35705 samples]\n\n20.86%  [7447]     f @ /boot/k\n', /speedscope/],
  ['the output of DHAT', '{"dhatFileVersion": 2}', /Firefox Profiler/],
  ['a method trace of Android', '*version\n3\n', /Firefox Profiler/],
  ['a recording of simpleperf', 'SIMPLEPERF\u0001\0', /Firefox Profiler/],
  ['the output of `node --prof-process --preprocess`', '{\n"code": [{"name":"x"}]}', /isolate-/],
  ['heap snapshot', '{"snapshot":{"meta":{}}}', /--heap-prof/],
  ['SQL', 'SELECT a\nFROM b;\n', /EXPLAIN/],
  ['.NET', 'Nettrace\u0014\0\0\0', /dotnet-trace convert/],
])('the error about a known but unsupported format names it and a converter: %s', async (what, content, how) => {
  const { message, hint } = await refused('a.prof', content);
  expect(message).toContain(what.replace('.NET', 'a trace of .NET'));
  expect(hint).toMatch(how);
});
