import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readV8Log } from '../../../src/profile/formats/v8-log.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';

const program = `function heavy() { let s = 0; for (let i = 0; i < 4e7; i++) s += Math.sqrt(i % 7); return s; }
function light() { let s = 0; for (let i = 0; i < 4e6; i++) s += Math.sqrt(i % 7); return s; }
let all = 0;
for (let i = 0; i < 8; i++) all += heavy() + light();
console.log(all);
`;

it('the log of a real program gives what `node --prof-process` counts', async () => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'v8, log ')));
  writeFileSync(join(dir, 'app.cjs'), program);
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' });
  node('--prof', 'app.cjs');
  const log = readdirSync(dir).find((name) => name.startsWith('isolate-'))!;
  const counted = node('--prof-process', log);
  const [, ticks] = /\((\d+) ticks/.exec(counted)!;
  const inHeavy = [...counted.split('[C++]')[0]!.matchAll(/(\d+)\s+\S+%\s+\S+%\s+JS: .?heavy /g)];
  const profile = await projectProfile([join(dir, log)], dir);
  expect(profile).toMatchObject({ format: 'v8-log', unit: 'ms' });
  expect((profile.samples ?? 0) + profile.idle).toBe(Number(ticks));
  const [first, second] = hotspots(profile, dir).hotspots;
  expect(first).toMatchObject({ function: 'heavy', file: 'app.cjs', line: 1 });
  expect(second).toMatchObject({ function: 'light', file: 'app.cjs', line: 2 });
  const expected = inHeavy.reduce((sum, [, n]) => sum + Number(n), 0);
  // The interpreter's own time is heavy's here, and a line of its own there.
  expect(first!.samples).toBeGreaterThanOrEqual(expected);
  expect(first!.samples).toBeLessThan(expected + Number(ticks) / 10);
});

const read = (...lines: string[]) => {
  const profile = readV8Log(
    Buffer.from(`v8-version,11,3,244,8,-node.38,0\nprofiler,begin,2000\n${lines.join('\n')}\n`),
  );
  const names = profile.nodes.map((node) => ({ name: profile.frames[node.frame]!.function, self: node.self }));
  return {
    profile,
    self: Object.fromEntries(names.filter(({ self }) => self > 0).map(({ name, self }) => [name, self])),
  };
};
const made = (address: string, name: string, type = 'JS') =>
  `code-creation,${type},10,1,${address},256,${name} /app/a.js:1:1,0x1,*`;

it('code is looked up by its address at the time of the tick', () => {
  const { self } = read(
    made('0x1000', 'a'),
    'tick,0x1010,1,0,0x0,0',
    'code-move,0x1000,0x5000',
    'tick,0x5010,2,0,0x0,0',
    'tick,0x1010,3,0,0x0,0',
    made('0x50f0', 'b'), // takes the place of a
    'tick,0x5010,4,0,0x0,0',
    'tick,0x5100,5,0,0x0,0',
    'code-delete,0x50f0',
    'tick,0x5100,6,0,0x0,0',
  );
  expect(self).toEqual({ a: 4, b: 2, '(unknown code)': 6 });
});

it('stacks, the collector, the interpreter and waiting are distinguished', () => {
  const { profile, self } = read(
    'shared-library,/usr/lib/libc.so.6,0x900000,0x910000,0',
    made('0x1000', 'main'),
    made('0x2000', 'work'),
    'code-creation,BytecodeHandler,2,1,0x3000,64,LdaZero',
    'tick,0x3004,1,0,0x0,0,0x2010,0x1010', // the interpreter at work for `work`
    'tick,0x2010,2,0,0x0,1,-1000', // an old version's relative address; the collector
    'tick,0x900010,3,0,0x0,6,overflow,0x1010',
    'tick,0x77,4,1,0x2010,6,0x1010', // a callback from outside, whose address counts
    'tick,0x0,5,0,0x0,8',
  );
  expect(self).toEqual({ work: 4, '(garbage collector)': 2, 'libc.so.6': 2 });
  expect(profile).toMatchObject({ samples: 4, idle: 2, total: 8 });
});

it('names and places may hold commas, blanks and a drive', () => {
  const location = (name: string) => {
    const { profile } = read(`code-creation,JS,10,1,0x1000,256,${name},0x1,~`, 'tick,0x1010,1,0,0x0,0');
    const { function: called, file, line, column } = profile.frames[0]!;
    return [called, file, line, column];
  };
  expect(location('get size file:///my app/a\\x2Cb.mjs:12:3')).toEqual(['get size', 'file:///my app/a,b.mjs', 12, 3]);
  expect(location(' /app/my file.js:1:1')).toEqual(['', '/app/my file.js', 1, 1]);
  expect(location('f C:\\\\app\\\\a.js:2:5')).toEqual(['f', 'C:\\app\\a.js', 2, 5]);
});

it('broken lines cost neither memory nor the rest of the log', () => {
  const { self } = read(
    'code-creation,JS,10,1,0x1000,99999999999999,huge /a.js:1:1,0x1,~',
    'code-creation',
    'tick',
    'tick,x,y,z',
    'code-move,,',
    '__proto__,1,2',
    made('0x1000', 'a'),
    'tick,0x1010,1,0,0x0,0',
  );
  expect(self).toMatchObject({ a: 2 });
});

it('old versions of Node quote texts', () => {
  const { self, profile } = read(
    'shared-library,"/usr/local/bin/node",0x9000,0x9100,0',
    'code-creation,LazyCompile,10,1,0x1000,256,"a /app/a, b.js:1:1",0x1,*',
    'tick,0x1010,1,0,0x0,0',
    'tick,0x9010,2,0,0x0,0',
  );
  expect(self).toEqual({ a: 2, node: 2 });
  expect(profile.frames.find((frame) => frame.function === 'a')).toMatchObject({ file: '/app/a, b.js', line: 1 });
});
