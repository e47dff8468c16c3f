import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/contract/schema/contract.ts';
import { codeToSee, unseenChange } from '../../src/experiment/sees-change.ts';
import { plainEnvironment } from '../../src/experiment/setup.ts';
import { openRepo } from '../../src/git/repo.ts';
import { touchedLines } from '../../src/git/touched-lines.ts';
import { repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

/** Functions 0 to 20, of which the benchmark calls the first alone: each of the others is changed in its turn. */
const functions = 21;
const each = <T>(of: (i: number) => T) => Array.from({ length: functions }, (_, i) => of(i));

const hasGcov = ['gcov', 'cc'].every((program) => spawnSync(program, ['--version']).status === 0);
const compiles = 'cc --coverage -O0 bench.c lib.c -o bench';

const languages = {
  'C, by gcov': {
    script: './bench',
    lib: 'lib.c',
    main: 'bench.c',
    bench: 'int f0(int);\nint main(void) { return f0(1) < 0; }\n',
    text: (i: number, value: number) =>
      `int f${i}(int x) {\n  if (x > 0) {\n    return ${value};\n  }\n  return -1;\n}\n`,
    extra: { coverage: compiles },
  },
  Node: {
    script: 'node bench.mjs',
    main: 'bench.mjs',
    lib: 'lib.mjs',
    bench: "import { f0 } from './lib.mjs';\nf0(1);\n",
    text: (i: number, value: number) =>
      `export function f${i}(x) {\n  if (x > 0) {\n    return ${value};\n  }\n  return -1;\n}\n`,
    extra: {},
  },
  Python: {
    script: 'python3 bench.py',
    main: 'bench.py',
    lib: 'lib.py',
    bench: 'from lib import f0\nf0(1)\n',
    text: (i: number, value: number) => `def f${i}(x):\n    if x > 0:\n        return ${value}\n    return -1\n`,
    extra: {},
  },
} as const;

const ignored = { '.gitignore': 'bench\n*.gc??\n' };

/** What was told meanwhile. */
const told: string[] = [];

async function unseen(repo: TestRepository, script: string, extra = {}) {
  const contract = contractSchema.parse({
    version: 1,
    repro: { script, ...extra },
    metrics: { primary: { name: 'wall_ms', source: 'wall' } },
  });
  const folder = temporaryFolder();
  const world = {
    cwd: repo.root,
    env: process.env,
    clock: null,
    notify: ({ text }: { text: string }) => told.push(text),
    signal: new AbortController().signal,
  };
  const setup = { contract, world, folder, redact: (text: string) => text } as unknown as Parameters<
    typeof unseenChange
  >[0];
  const env = { ...plainEnvironment(process.env), TMPDIR: folder };
  const touched = await touchedLines(await openRepo(repo.root), 'HEAD~1', 'HEAD');
  const code = codeToSee(contract, touched);
  return code.length === 0 ? null : unseenChange(setup, { dir: repo.root, root: repo.root, env }, code);
}

describe.each(Object.entries(languages))('%s', (name, { script, main, lib, bench, text, extra }) => {
  const seen = it.skipIf(name.startsWith('C') && !hasGcov);
  const whole = (changed: number) => each((i) => text(i, i === changed ? 1000 : i)).join('\n');

  seen('names the file in 20 of 20 tries, and nothing where the changed line runs', async () => {
    const repo = repository({ [main]: bench, [lib]: whole(-1), ...ignored });
    const named: (string | undefined)[] = [];
    for (let i = 0; i < functions; i++) {
      repo.write(lib, whole(i));
      repo.commit(`change ${i}`);
      named.push((await unseen(repo, script, extra))?.[0]?.path);
      repo.write(lib, whole(-1));
      repo.commit('back');
    }
    expect(named).toEqual(each((i) => (i === 0 ? undefined : lib)));
  });

  seen('sees what a child of the program runs, and a branch that does not', async () => {
    const repo = repository({ [main]: bench, [lib]: whole(-1), 'run.sh': `exec ${script}\n`, ...ignored });
    repo.write(lib, whole(-1).replace('return -1', 'return -2'));
    repo.commit('a branch that is not taken');
    expect(await unseen(repo, 'sh run.sh', extra)).toEqual([{ path: lib, lines: [expect.any(Number)] }]);
    repo.write(lib, whole(0));
    repo.commit('both');
    expect(await unseen(repo, 'sh run.sh', extra)).toBeNull();
  });
});

it('reports nothing if the coverage is inconclusive', async () => {
  const { bench, lib, text } = languages.Node;
  const repo = repository({ 'bench.mjs': bench, [lib]: text(0, 0) });
  for (const [path, content] of [
    ['lib.c', 'int x;\n'],
    ['types.ts', 'export const a: number = 1;\n'],
    ['data.json', '{}\n'],
    ['lib.py', 'x = 1\n'],
  ] as const) {
    repo.write(path, content);
    repo.commit(path);
    expect(await unseen(repo, 'node bench.mjs'), path).toBeNull();
  }
  repo.write('alone.mjs', 'export const a = 1;\n');
  repo.commit('a module that nothing loads');
  expect(await unseen(repo, 'node bench.mjs')).toEqual([{ path: 'alone.mjs', lines: [1] }]);
  expect(await unseen(repo, 'node bench.mjs; exit 1')).toBeNull();
  expect(await unseen(repo, join('/nowhere', 'program'))).toBeNull();
});

it('is not misled by a program that writes its own coverage', async () => {
  const { bench, lib, text } = languages.Node;
  const repo = repository({ 'bench.mjs': bench, [lib]: text(0, 0), 'lib.py': 'x = 1\n' });
  repo.write('alone.mjs', 'export const a = 1;\n');
  repo.commit('a module that nothing loads');
  const junk = 'echo junk > $NODE_V8_COVERAGE/coverage-0.json; mkfifo $NODE_V8_COVERAGE/coverage-1.json';
  expect(await unseen(repo, `${junk}; node bench.mjs`)).toEqual([{ path: 'alone.mjs', lines: [1] }]);
  expect(await unseen(repo, 'rm -r $NODE_V8_COVERAGE; touch $NODE_V8_COVERAGE')).toBeNull();
  repo.write('lib.py', 'x = 2\n');
  repo.commit('Python');
  expect(await unseen(repo, 'echo "junk|0" > $LINES_OUT/lines-1.txt; mkfifo $LINES_OUT/lines-2.txt')).toBeNull();
});

describe.skipIf(!hasGcov)('a program in C', () => {
  const { bench, text } = languages['C, by gcov'];
  const coverage = compiles;

  /** Changes a file in a project whose benchmark is of `bench.c` and `lib.c`. */
  async function unseenAfter(path: string, content: string, extra: Record<string, string> = { coverage }) {
    const files = { 'bench.c': bench, 'lib.c': text(0, 0), 'other.c': 'int x;\n', 'lib.h': 'int f0(int);\n' };
    const repo = repository({ ...files, ...ignored });
    repo.write(path, content);
    repo.commit(path);
    return unseen(repo, './bench', extra);
  }

  it('names a file that is not compiled into it', async () => {
    expect(await unseenAfter('other.c', 'int y;\n')).toEqual([{ path: 'other.c', lines: [1] }]);
  });

  it('reports nothing for a header without code, an object that was built without coverage, or a contract without the coverage command', async () => {
    expect(await unseenAfter('lib.h', 'int f0(int x);\n')).toBeNull();
    expect(await unseenAfter('other.c', 'int y;\n', { coverage: `cc -c other.c && ${coverage}` })).toBeNull();
    expect(await unseenAfter('other.c', 'int y;\n', {})).toBeNull();
  });

  it('reports nothing if the program writes no counts, or invalid ones', async () => {
    const junk = 'echo junk > bench-lib.gcno; mkfifo other.gcno; ln -s /etc/passwd more.gcno';
    expect(await unseenAfter('other.c', 'int y;\n', { coverage: 'cc bench.c lib.c -o bench' })).toBeNull();
    expect(told.at(-1)).toMatch(/gcov found no readable counts for the program built by repro\.coverage\.$/);
    expect(await unseenAfter('lib.c', text(0, 1), { coverage: `${coverage}; ${junk}` })).toBeNull();
  });

  it('reports that the coverage command failed', async () => {
    expect(await unseenAfter('other.c', 'int y;\n', { coverage: 'echo no such flag >&2; exit 1' })).toBeNull();
    expect(told.at(-1)).toMatch(/repro\.coverage failed: no such flag\.$/);
  });
});
