import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplesIn } from '../../../src/measure/formats/sample-sets.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

function file(content: string): string {
  const path = join(temporaryFolder(), 'samples');
  writeFileSync(path, content);
  return path;
}

const go = [
  'goos: linux',
  'BenchmarkParse/small-8   1000   100.5 ns/op   16 B/op   1 allocs/op',
  'BenchmarkParse/small-8   1000   101 ns/op   16 B/op   1 allocs/op',
  'BenchmarkSort-8   10   9000 ns/op',
  'PASS',
].join('\n');

const hyperfine = JSON.stringify({
  results: [
    { command: 'node old.js', mean: 0.2, times: [0.2, 0.21], exit_codes: [0, 0] },
    { command: 'node new.js', mean: 0.1, times: [0.1, 0.11], exit_codes: [0, 0] },
  ],
});

describe('the text of go test -bench', () => {
  it.each([
    ['BenchmarkParse/small', [100.5, 101], 'ns'],
    ['Parse/small', [100.5, 101], 'ns'],
    ['small', [100.5, 101], 'ns'],
    ['Sort', [9000], 'ns'],
    ['BenchmarkParse/small.B/op', [16, 16], 'B'],
  ])('%s', (key, values, unit) => {
    expect(samplesIn(file(go), key)).toMatchObject({ values, unit });
  });

  it('with one benchmark needs no name, with several names them', () => {
    expect(samplesIn(file('BenchmarkSort 10 9000 ns/op 3 B/op\n')).values).toEqual([9000]);
    expect(() => samplesIn(file(go))).toThrow('several benchmarks: BenchmarkParse/small, BenchmarkSort.');
    expect(() => samplesIn(file(go), 'Prase')).toThrow(/no benchmark “Prase”; it holds BenchmarkParse\/small/);
  });
});

describe('JSON', () => {
  it('an array, or samples with a name and a unit', () => {
    expect(samplesIn(file('[3, 1.5]'))).toEqual({ name: '', unit: '', values: [3, 1.5] });
    const named = { name: 'wall', unit: 'ms', samples: [3, 1.5] };
    expect(samplesIn(file(JSON.stringify(named)))).toEqual({ name: 'wall', unit: 'ms', values: [3, 1.5] });
  });

  it('an export of hyperfine, in seconds, one of its commands by name', () => {
    expect(samplesIn(file(hyperfine), 'node new.js')).toEqual({ name: 'node new.js', unit: 's', values: [0.1, 0.11] });
    expect(samplesIn(file(hyperfine), 'old.js').values).toEqual([0.2, 0.21]);
    expect(() => samplesIn(file(hyperfine))).toThrow('several benchmarks: node old.js, node new.js.');
  });

  it('an export with a run that failed is refused: it is not a slow one', () => {
    const failed = hyperfine.replace('"exit_codes":[0,0]', '"exit_codes":[0,2]');
    expect(() => samplesIn(file(failed), 'old.js')).toThrow(/exit code 2 in run 2 of “node old.js”/);
  });
});

const program = 'hyperfine';
const installed = (() => {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' });
  } catch {
    return '';
  }
})();

it.skipIf(!installed)('output of the real hyperfine', () => {
  const path = join(temporaryFolder(), 'real.json');
  execFileSync(program, ['-N', '-r', '4', '--export-json', path, 'sleep 0.01'], { stdio: 'ignore' });
  const { name, unit, values } = samplesIn(path);
  expect({ name, unit }).toEqual({ name: 'sleep 0.01', unit: 's' });
  expect(values).toHaveLength(4);
  expect(Math.min(...values)).toBeGreaterThan(0.01);
});
