import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { captureProfile } from '../../../src/profile/capture/capture.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';

const example = fileURLToPath(new URL('../../../examples/slow-report', import.meta.url));

function copyOfExample(): string {
  const dir = folder();
  cpSync(example, dir, { recursive: true });
  return dir;
}

function fix(cwd: string, attempt: number) {
  execFileSync('sh', ['fixes/apply.sh'], { cwd, env: { ...process.env, PERF_GATE_ATTEMPT: String(attempt) } });
}

const lastLine = (cwd: string) =>
  JSON.parse(execFileSync('node', ['report.mjs'], { cwd, encoding: 'utf8' }).trim().split('\n').at(-1)!);
const runTests = (cwd: string) =>
  execFileSync('node', ['--test', '--test-reporter=tap'], { cwd, encoding: 'utf8', env: outsideOfVitest() });

function outsideOfVitest(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH };
}

/** Three runs as one profile, because a busy machine makes one run's shares jump. */
async function rankedIn(cwd: string) {
  const places = { cwd, outDir: folder(), scratch: folder() };
  const request = {
    tool: 'node-cpu-prof',
    script: 'for i in 1 2 3; do node report.mjs; done',
    env: process.env,
    timeout_s: 60,
    ...places,
  };
  const result = await captureProfile(request);
  if (result.state !== 'profiled') throw new Error(result.reason);
  return hotspots(result.profile!, cwd).hotspots;
}

test('its two hotspots come first, and the decoy is cheap', async () => {
  const ranked = await rankedIn(copyOfExample());
  // They cost about the same: which of them is first is chance on a busy machine.
  const first = ranked.slice(0, 2).map((h) => h.id);
  expect(first.sort()).toEqual(['joinOrders src/join.mjs:2', 'percentile src/percentile.mjs:2']);
  expect(Math.min(ranked[0]!.ceiling_pct, ranked[1]!.ceiling_pct)).toBeGreaterThan(20);
  expect(ranked.find((h) => h.function === 'crossTable')?.ceiling_pct ?? 0).toBeLessThan(10);
});

test('its tests pass', () => {
  expect(runTests(copyOfExample())).toMatch(/^# fail 0$/m);
});

test('the right fix keeps the output and takes the first hotspot away', async () => {
  const cwd = copyOfExample();
  const before = lastLine(cwd);
  fix(cwd, 1);
  expect(lastLine(cwd)).toEqual(before);
  expect((await rankedIn(cwd))[0]!.function).toBe('percentile');
});

test('the second fix keeps the output, the third passes the tests but changes it, and there is no fourth', () => {
  const cwd = copyOfExample();
  const before = lastLine(cwd);
  fix(cwd, 1);
  fix(cwd, 2);
  expect(lastLine(cwd)).toEqual(before);
  cpSync(`${example}/src/percentile.mjs`, `${cwd}/src/percentile.mjs`);
  fix(cwd, 3);
  expect(lastLine(cwd).checksum).not.toBe(before.checksum);
  expect(runTests(cwd)).toMatch(/^# fail 0$/m);
  expect(() => fix(cwd, 4)).toThrow(expect.objectContaining({ status: 10 }));
});
