import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Suite = { comparison: string; code: number; benchmarks: { name: string; unseen: { path: string }[] | null }[] };

const contract = (rest: { repro?: object; benchmarks?: object[] }, metric: object = { stdout: 'metric', key: 'n' }) =>
  stringify({
    version: 1,
    ...rest,
    repro: { ...rest.repro, measurement_runs: 3, max_runs: 3 },
    metrics: { primary: { name: 'n', unit: 'steps', source: metric, deterministic: true } },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    profiler: 'none',
    room: 'off',
  });

const node = {
  script: 'node bench.mjs',
  lib: 'lib.mjs',
  files: {
    'bench.mjs': "import * as lib from './lib.mjs';\nconsole.log('METRIC n=' + lib[process.argv[2]]());\n",
    'lib.mjs': 'export function parse() {\n  return 10;\n}\n\nexport function print() {\n  return 20;\n}\n',
  },
};
const python = {
  script: 'python3 bench.py',
  lib: 'lib.py',
  files: {
    'bench.py': "import sys\nimport lib\nprint('METRIC n=%d' % getattr(lib, sys.argv[1])())\n",
    'lib.py': 'def parse():\n    return 10\n\n\ndef print_():\n    return 20\n',
  },
};

it.each([
  ['Node', node, 'print'],
  ['Python', python, 'print_'],
])('names each benchmark of a suite that cannot see the change, before and in its row (%s)', async (_, of, print) => {
  const { script, lib, files } = of;
  const benchmarks = ['parse', print].map((name) => ({ name, repro: { script: `${script} ${name}` } }));
  const repo = repository({ ...files, 'c.yaml': contract({ benchmarks }) });
  repo.write(lib, (files as Record<string, string>)[lib]!.replace('return 10', 'return 10 + 0'));
  repo.commit('the change');
  const said = await perfgate.run(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--json');
  const ended = JSON.parse(said.stdout) as Suite;
  expect(ended).toMatchObject({
    verdict: 'accepted',
    benchmarks: [{ unseen: null }, { name: print, unseen: [{ path: lib }] }],
  });
  const [, row] = ended.benchmarks;
  expect(row!.unseen).toEqual([{ path: lib, lines: [2] }]);
  const record = repo.read(`.perf-gate/comparisons/${ended.comparison}/suite.md`);
  expect(record).toContain('held, runs no changed line');
  const sentence = 'runs none of the changed lines';
  expect(said.stderr).toContain(`Before anything is measured: ${print} ${sentence}`);
  expect(record).toContain(sentence);
  expect(await perfgate.json(repo.root, 'verify', ended.comparison)).toMatchObject({ code: 0, holds: true });
});

it('warns about all benchmarks of one command if that command runs no changed line', async () => {
  const bench =
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('out.json', JSON.stringify({ results: [{ command: 'a', times: [1] }, { command: 'b', times: [2] }] }));\n";
  const source = { format: 'hyperfine', file: 'out.json', key: '*' };
  const text = contract({ repro: { script: 'node bench.mjs' } }, source).replace('unit: steps', 'unit: s');
  const repo = repository({ 'bench.mjs': bench, 'lib.mjs': 'export const a = 1;\n', 'c.yaml': text });
  repo.write('lib.mjs', 'export const a = 2;\n');
  repo.commit('the change');
  const ended = await perfgate.json<Suite>(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  const unseen = [{ path: 'lib.mjs', lines: [1] }];
  expect(ended).toMatchObject({ code: 0, benchmarks: ['a', 'b'].map((name) => ({ name, unseen })) });
});
