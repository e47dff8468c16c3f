/**
 * What `judge` and `hotspots` printed before the sources were rebuilt, key by key: `test/fixtures/golden/{judge,hotspots}.json`. New keys
 * may come. `GOLDEN=write npx vitest run test/cli/golden.test.ts` writes the files anew, which is right only after a change on purpose.
 */
import { join } from 'node:path';
import { it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { expectGolden } from '../helpers/golden.ts';

const perfgate = perfGate();
const here = import.meta.dirname;
const inputs = join(here, '../fixtures/golden/inputs');
const recorded = join(here, '../profile/formats/fixtures');
const made = join(here, '../fixtures/golden/profiles');

const words = (text: string) => text.split(' ').filter(Boolean);
const pair = (name: string) => [`before.${name}`, `after.${name}`];
const few = ['few-before.json', 'few-after.json'];
const scores = ['scores-before.json', 'scores-after.json'];

const judged: [name: string, files: string[], options: string][] = [
  ['hyperfine', pair('hyperfine.json'), ''],
  ['hyperfine-5-pct', pair('hyperfine.json'), '--threshold 5%'],
  ['hyperfine-10-ms', pair('hyperfine.json'), '--threshold 10ms'],
  ['hyperfine-16-pct', pair('hyperfine.json'), '--threshold 16%'],
  ['hyperfine-16-pct-observed', pair('hyperfine.json'), '--threshold 16% --claim observed'],
  ['hyperfine-50-pct', pair('hyperfine.json'), '--threshold 50%'],
  ['go-unchanged', pair('go.txt'), '--key Split/size-10 --threshold 5%'],
  ['go-faster', pair('go.txt'), '--key BenchmarkJoin --threshold 5%'],
  ['go-throughput', pair('go.txt'), '--key BenchmarkJoin.MB/s --higher-is-better --threshold 5%'],
  ['samples', pair('samples.json'), '--threshold 3%'],
  ['samples-mann-whitney', pair('samples.json'), '--test mann_whitney --alpha 0.2'],
  ['samples-wilcoxon', pair('samples.json'), '--test wilcoxon_signed_rank'],
  ['samples-mean', pair('samples.json'), '--test mean_2sigma'],
  ['array-unpaired', pair('array.json'), ''],
  ['array-paired', pair('array.json'), '--paired'],
  ['array-paired-threshold', pair('array.json'), '--paired --threshold 2% --alpha 0.1'],
  ['scores-higher', scores, '--higher-is-better --threshold 4'],
  ['scores-paired', scores, '--higher-is-better --paired --threshold 5%'],
  ['scores-lower', scores, '--threshold 4'],
  ['few', few, ''],
  ['few-mean', few, '--test mean_2sigma'],
  ['itself', ['before.array.json', 'before.array.json'], '--threshold 1%'],
];

it('judges samples as before', { timeout: 300_000 }, async () => {
  const found = await inTurns(judged, ([, files, options]) =>
    perfgate.json<object>(inputs, 'judge', ...files, ...words(options)),
  );
  expectGolden('judge', Object.fromEntries(judged.map(([name], i) => [name, found[i]])));
});

/** The projects' folders when the profiles were taken. */
const there = '--root /app';
const profiles: [folder: string, args: string][] = [
  [recorded, `datadog-wall.pb.gz ${there}`],
  [recorded, `go-allocs.pb.gz ${there}`],
  [recorded, `go-allocs.pb.gz ${there} --group file --limit 3`],
  [recorded, `go-cpu.pb.gz ${there}`],
  [recorded, `go-cpu.pb.gz ${there} --threshold 60%`],
  [recorded, `massif.out ${there}`],
  [recorded, 'meta.json'],
  [recorded, 'meta.json --group file'],
  [recorded, `perf.script ${there}`],
  [recorded, 'perf.script --root /usr/lib/x86_64-linux-gnu'],
  [recorded, 'plan.json'],
  [recorded, 'source-map-explorer.json'],
  [recorded, `stackprof.txt ${there}`],
  [recorded, `trace.json ${there} --limit 5`],
  [recorded, 'visualizer.json'],
  [recorded, `webpack-stats.json ${there}`],
  [recorded, 'go-cpu.pb.gz'],
  [made, `a.cpuprofile ${there}`],
  [made, `a.heapprofile ${there}`],
  [made, `a.pstats ${there}`],
  [made, `a.speedscope.json ${there}`],
  [made, `analyze-data.json ${there}`],
  [made, `callgrind.out.1 ${there}`],
  [made, `cpu.pprof ${there}`],
  [made, `firefox.json ${there}`],
  [made, 'headers.txt'],
  [made, 'otlp.json'],
  [made, `profile.json ${there}`],
  [made, `profile.txt ${there}`],
  [made, `sizes.json ${there}`],
  [made, 'spans.jsonl'],
  [made, `stacks.folded ${there}`],
  [made, `stats.json ${there}`],
  [made, `a.cpuprofile stacks.folded ${there}`],
  [made, `profile.json --against a.pstats ${there}`],
  [made, `spans.jsonl --against otlp.json --threshold 30%`],
];

it('ranks profiles as before', { timeout: 300_000 }, async () => {
  const found = await inTurns(profiles, ([folder, args]) => perfgate.json<object>(folder, 'hotspots', ...words(args)));
  const texts: [string, string][] = [
    [recorded, '<fixtures>'],
    [made, '<fixtures>'],
  ];
  expectGolden('hotspots', Object.fromEntries(profiles.map(([, args], i) => [args, found[i]])), {
    texts,
    keys: { hint: '<text>', message: '<text>' },
  });
});

/** A few at a time. */
async function inTurns<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (let i = 0; i < all.length; i += 3) found.push(...(await Promise.all(all.slice(i, i + 3).map(act))));
  return found;
}
