import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

const node = {
  script: 'node bench.mjs',
  files: {
    'bench.mjs': 'import { run } from \'./src/run.mjs\';\nconsole.log("METRIC n=" + run());\n',
    'src/run.mjs': `export function run() {
  return 10;
}

export function other(x) {
  if (x) {
    return 1;
  }
  return 2;
}
`,
    'src/alone.mjs': 'export const alone = 1;\n',
  },
  seen: { 'src/run.mjs': ['return 10;', 'return 10 + 0;'] },
  unseen: [
    { 'src/run.mjs': ['return 2;', 'return 3;'] },
    { 'src/run.mjs': ['    return 1;\n', '    x += 1;\n    return x;\n'] },
    { 'src/alone.mjs': ['alone = 1', 'alone = 2'] },
  ],
} as const;

const python = {
  script: 'python3 bench.py',
  files: {
    'bench.py': "import sys\nsys.path.insert(0, '.')\nfrom src.run import run\nprint('METRIC n=%d' % run())\n",
    'src/__init__.py': '',
    'src/run.py': `def run():
    return 10


def other(x):
    if x:
        return 1
    return 2
`,
    'src/alone.py': 'ALONE = 1\n',
  },
  seen: { 'src/run.py': ['return 10', 'return 10 + 0'] },
  unseen: [
    { 'src/run.py': ['return 2', 'return 3'] },
    { 'src/run.py': ['        return 1\n', '        x += 1\n        return x\n'] },
    { 'src/alone.py': ['ALONE = 1', 'ALONE = 2'] },
  ],
} as const;

type Change = Readonly<Record<string, readonly [string, string]>>;
type Compared = { code: number; verdict: string; warnings: string[] };

const changed = (files: Readonly<Record<string, string>>, change: Change) =>
  Object.entries(change).map(([path, [from, to]]) => [path, files[path]!.replace(from, to)] as const);

function project({ script, files }: { script: string; files: Readonly<Record<string, string>> }): TestRepository {
  const metric =
    '{ name: n, unit: count, lower_is_better: true, deterministic: true, source: { stdout: metric, key: n } }';
  const contract = `version: 1\nrepro: { script: ${script} }\nmetrics: { primary: ${metric} }\nroom: "off"\n`;
  return repository({ ...files, 'c.yaml': contract, 'notes.md': 'notes\n' });
}

async function warnings(repo: TestRepository, files: readonly (readonly [string, string])[]): Promise<string[]> {
  for (const [path, text] of files) repo.write(path, text);
  repo.commit('the change');
  const words = ['compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--no-worse-than', '3%'];
  const ended = await perfgate.json<Compared>(repo.root, ...words);
  expect(ended).toMatchObject({ code: 0, verdict: 'held' });
  return ended.warnings.filter((text) => text.includes('none of the changed lines'));
}

it.each([
  ['Node', node],
  ['Python', python],
])('is reported with the verdict, and before the measurement (%s)', async (_, language) => {
  const { files, unseen } = language;
  const repo = project(language);
  const change = unseen[0] as Change;
  expect(await warnings(repo, changed(files, change))).toEqual([expect.stringContaining(Object.keys(change)[0]!)]);
});

it.skipIf(spawnSync('gcov', ['--version']).status !== 0)(
  'is reported for C that the contract builds with coverage',
  async () => {
    const files = {
      'bench.c': '#include <stdio.h>\nint f(int);\nint main(void) { return printf("METRIC n=%d\\n", f(1)) < 0; }\n',
      'lib.c': 'int f(int x) {\n  if (x > 0)\n    return 10;\n  return 2;\n}\n',
      '.gitignore': 'bench\n*.gc??\n',
    };
    const cc = 'bench.c lib.c -o bench';
    const script = `./bench, build: cc -O1 ${cc}, coverage: cc --coverage ${cc}`;
    const change = { 'lib.c': ['return 2', 'return 3'] } as const;
    expect(await warnings(project({ script, files }), changed(files, change))).toEqual([
      expect.stringContaining('lib.c (line 4)'),
    ]);
    const seen = { 'lib.c': ['return 10', 'return 10 + 0'] } as const;
    expect(await warnings(project({ script, files }), changed(files, seen))).toEqual([]);
  },
);

it('is not reported for a change that is not code', async () => {
  expect(await warnings(project(node), [['notes.md', 'other notes\n']])).toEqual([]);
});
