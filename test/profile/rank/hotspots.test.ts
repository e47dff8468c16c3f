import { describe, expect, expectTypeOf, test } from 'vitest';
import { type Hotspot, type HotspotPlace, type HotspotShares, hotspots } from '../../../src/profile/rank/hotspots.ts';
import type { Hotspot as Recorded } from '../../../src/record/data.ts';
import { profileOf } from '../programs.ts';

const named = (list: Hotspot[], name: string) => list.find((h) => h.function === name)!;

describe('on profiles that node writes', () => {
  test('the function that takes most of the time comes first, with its file and line', async () => {
    const { root, profile } = await profileOf({
      'main.mjs': `import { slow } from './lib/slow.mjs';
function quick() { let s = 0; for (let i = 0; i < 1e6; i++) s += i; return s; }
quick(); slow();`,
      'lib/slow.mjs': `
export function slow() {
  let s = 0;
  for (let i = 0; i < 3e8; i++) s += i % 7;
  return s;
}`,
    });
    const found = hotspots(profile, root);
    expect(found).toMatchObject({ unit: 'ms', format: 'cpuprofile' });
    expect(found.hotspots[0]).toMatchObject({
      rank: 1,
      id: 'slow lib/slow.mjs:2',
      function: 'slow',
      file: 'lib/slow.mjs',
      line: 2,
    });
    expect(found.hotspots[0]!.self_pct).toBeGreaterThan(50);
  });

  test('recursion counts once in the total', async () => {
    const { root, profile } = await profileOf({
      'fib.mjs': `function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
fib(38);`,
    });
    const fib = hotspots(profile, root).hotspots[0]!;
    expect(fib.function).toBe('fib');
    expect(fib.total_pct).toBeGreaterThan(50);
    expect(fib.total_pct).toBeLessThanOrEqual(100);
  });

  test.each([
    ['JSON.parse', `const t = JSON.stringify(Array.from({ length: 3e4 }, (_, i) => ({ i })));`, 'JSON.parse(t)'],
    ['a regular expression', `const t = 'xy'.repeat(2e5);`, 't.match(/x(y)+/g)'],
    ['a runtime module', `import { gzipSync } from 'node:zlib'; const t = Buffer.alloc(3e5, 'abc');`, 'gzipSync(t)'],
  ])('time in %s belongs to the function that calls it', async (_, before, call) => {
    const { root, profile } = await profileOf({
      'main.mjs': `${before}
function caller() { const end = performance.now() + 300; while (performance.now() < end) ${call}; }
caller();`,
    });
    const [first] = hotspots(profile, root).hotspots;
    expect(first!.function).toBe('caller');
    expect(first!.ceiling_pct).toBeGreaterThan(50);
  });

  test('time in a dependency belongs to the project’s function that calls it', async () => {
    const { root, profile } = await profileOf({
      'main.cjs': `const { burn } = require('dep');
function caller() { return burn(3e8); }
caller();`,
      'node_modules/dep/index.js': `exports.burn = function burn(n) { let s = 0; for (let i = 0; i < n; i++) s += i % 7; return s; };`,
    });
    const found = hotspots(profile, root).hotspots;
    expect(found[0]).toMatchObject({ function: 'caller', file: 'main.cjs' });
    expect(found[0]!.ceiling_pct).toBeGreaterThan(found[0]!.self_pct + 40);
    expect(found.every((h) => !h.file?.includes('node_modules'))).toBe(true);
  });

  test('the work of worker threads is in it', async () => {
    const { root, profile } = await profileOf({
      'main.mjs': `import { Worker } from 'node:worker_threads';
new Worker(new URL('./work.mjs', import.meta.url));`,
      'work.mjs': `function inWorker() { let s = 0; for (let i = 0; i < 3e8; i++) s += i % 7; return s; }
inWorker();`,
    });
    expect(hotspots(profile, root).hotspots[0]).toMatchObject({ function: 'inWorker', file: 'work.mjs' });
  });

  test('an inline callback is part of the function it is written in', async () => {
    const { root, profile } = await profileOf({
      'main.mjs': `function ordered(n) {
  let first;
  for (let k = 0; k < 20; k++) {
    first = Array.from({ length: n }, (_, i) => (i * 7919) % 100003).sort((a, b) => a - b)[0];
  }
  return first;
}
ordered(1e5);`,
    });
    const found = hotspots(profile, root).hotspots;
    expect(found[0]!.function).toBe('ordered');
    // From Node 22 on, V8 now and then loses the caller of a callback: such samples cannot be told whose they are.
    const astray = found.filter((h) => h.line === 4).reduce((sum, h) => sum + h.ceiling_pct, 0);
    expect(astray).toBeLessThan(10);
  });

  test('an anonymous function that nothing of its file called is named by its place', async () => {
    const { root, profile } = await profileOf({
      'main.mjs': `setTimeout(() => {}, 1);
setTimeout(() => { let s = 0; for (let i = 0; i < 3e8; i++) s += i % 7; }, 1);`,
    });
    const [first] = hotspots(profile, root).hotspots;
    expect(first).toMatchObject({ id: '(anonymous) main.mjs:2', function: 'main.mjs:2', line: 2 });
  });

  test('waiting is not part of the total, and is reported', async () => {
    const { root, profile } = await profileOf({ 'wait.mjs': `setTimeout(() => {}, 600);` });
    expect(profile.idle).toBeGreaterThan(profile.total);
    expect(hotspots(profile, root).warnings.join(' ')).toContain('of the time waiting');
  });

  test('with another root no function of the project is found, which is reported', async () => {
    const { profile } = await profileOf({ 'main.mjs': `let s = 0; for (let i = 0; i < 1e8; i++) s += i;` });
    const found = hotspots(profile, '/somewhere/else');
    expect(found.hotspots).toEqual([]);
    expect(found.warnings).toContain('No time was spent in files of the project.');
  });

  test('two profiles of the same code name the hotspot alike', async () => {
    const files = { 'main.mjs': `function burn() { let s = 0; for (let i = 0; i < 2e8; i++) s += i % 7; }\nburn();` };
    const ids = [await profileOf(files), await profileOf(files)].map(
      ({ root, profile }) => named(hotspots(profile, root).hotspots, 'burn').id,
    );
    expect(ids).toEqual(['burn main.mjs:1', 'burn main.mjs:1']);
  });
});

test('a place with its shares is a hotspot for the record too', () => {
  expectTypeOf<HotspotPlace & HotspotShares>().toExtend<Recorded>();
});
