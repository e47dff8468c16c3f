/**
 * What `compare` and `start` printed before the sources were rebuilt, key by key: `test/fixtures/golden/{compare,start}/`. What is
 * measured are numbers of a list, always the same ones: `test/fixtures/golden/inputs/numbers/`. New keys may come.
 * `GOLDEN=write npx vitest run test/cli/golden-runs.test.ts` writes the files anew, which is right only after a change on purpose.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { expectGolden, type Normaliser } from '../helpers/golden.ts';
import { contractText } from '../helpers/project.ts';
import { repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
const lists = join(import.meta.dirname, '../fixtures/golden/inputs/numbers');

/** Prints the next number of the list that work.sh names; counts the printed numbers in a file of its folder. */
const bench = `. ./work.sh
n=$(cat .printed 2>/dev/null || echo 0)
echo $((n + 1)) > .printed
echo "{\\"time\\": {\\"ms\\": $(sed -n "$((n % 20 + 1))p" "numbers/$LIST")}, \\"peak\\": $PEAK}"
`;
const time = { name: 'time', unit: 'ms', source: { stdout: 'json', key: 'time.ms' } };
const peak = { name: 'peak', unit: 'MB', source: { stdout: 'json', key: 'peak' }, deterministic: true };
/** Uses the rules of the version that wrote the files. */
const contract = contractText({
  rules: 1,
  repro: { script: 'sh bench.sh', measurement_runs: 8, max_runs: 10 },
  metrics: { primary: time, watchdogs: [{ ...peak, max_regression_pct: 10 }] },
  threshold: { pct_min: 10 },
  guards: {
    same_output: undefined,
    correctness: '. ./work.sh; test "$ANSWER" = 42',
    protected: ['bench.sh', 'numbers/**'],
  },
  limits: { max_attempts: 1 },
});

const work = (list: string, more = '') => `LIST=${list}\nPEAK=30\nANSWER=42\n${more}`;
/** The result without warnings about the machine. */
function calm<T extends object>(ended: T): T {
  if (!('warnings' in ended)) return ended;
  const ofMachine = /^(the machine |the CPU governor |a quota of |only \d+ MB )/;
  return { ...ended, warnings: (ended.warnings as string[]).filter((w) => !ofMachine.test(w)) };
}

/** The content of work.sh after each change. */
const changes = {
  accepted: work('fast'),
  rejected: work('same'),
  slower: work('slower'),
  inconclusive: work('wild'),
  watchdog: work('fast', 'PEAK=40\n'),
  wrong: work('fast', 'ANSWER=41\n'),
  broken: work('fast', 'exit 3\n'),
};
type Change = keyof typeof changes;
const codes: Record<Change, number> = {
  accepted: 0,
  rejected: 1,
  slower: 1,
  inconclusive: 4,
  watchdog: 1,
  wrong: 1,
  broken: 1,
};

function project(): TestRepository {
  const numbers = readdirSync(lists).map((name) => [`numbers/${name}`, readFileSync(join(lists, name), 'utf8')]);
  return repository({
    'bench.sh': bench,
    'work.sh': work('base'),
    '.gitignore': '.printed\n',
    'c.yaml': contract,
    ...Object.fromEntries(numbers),
  });
}

/** Values that differ by machine and time: ids, hashes, times, folders, and facts about the machine. */
const normaliser = ({ root }: { root: string }): Normaliser => ({
  texts: [
    [root, '<root>'],
    [/\b\d{8}-\d{4}-/g, '<stamp>-'],
    [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
    [/\b[0-9a-f]{40,64}\b/g, '<hash>'],
    [/\b(?=\d*[a-f])[0-9a-f]{12}\b/g, '<hash>'],
  ],
  keys: { environment: '<machine>', seconds: '<time>', method: '<instrument>' },
});

it.each(Object.keys(changes) as Change[])('compares two commits as before: %s', async (change) => {
  const repo = project();
  repo.write('work.sh', changes[change]);
  repo.commit('the change');
  const ended = await perfgate.json<object>(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  expect(ended.code).toBe(codes[change]);
  expectGolden(`compare/${change}`, calm(ended), normaliser(repo));
});

it('keeps the samples of a commit, and compares another commit with them, as before', async () => {
  const repo = project();
  const contract = ['--contract', 'c.yaml'];
  repo.write('work.sh', changes.accepted);
  repo.commit('the change');
  const saved = await perfgate.json<object>(repo.root, 'compare', 'HEAD~1', 'HEAD', ...contract, '--save', 'fast.json');
  expectGolden('compare/save', calm(saved), normaliser(repo));
  const { rows: _, ...baseline } = JSON.parse(repo.read('fast.json')) as { rows: unknown[]; [key: string]: unknown };
  expectGolden('compare/saved', baseline, normaliser(repo));
  repo.write('work.sh', work('faster'));
  repo.commit('another change');
  const against = await perfgate.json<object>(repo.root, 'compare', 'HEAD', ...contract, '--against', 'fast.json');
  expect(against.code).toBe(0);
  expectGolden('compare/against', calm(against), normaliser(repo));
});

/** Replaces all numbers except exit codes and counts of samples: times of real commands always differ. */
function timeless(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return /^(code|n_.*)$/.test(key) ? value : '<number>';
  if (typeof value === 'string') return value.replace(/\d+(\.\d+)?(?= %|$)/g, '<number>');
  if (Array.isArray(value)) return value.map((v) => timeless(v));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === 'warnings' ? '<moment>' : timeless(v, k)]));
}

it.each<[name: string, code: number, ...command: string[]]>([
  ['accepted', 0, '--', 'sleep', '0.2', '--', 'true'],
  ['rejected', 1, '--', 'true', '--', 'sleep', '0.2'],
  ['another-output', 1, '--same-output', '--', 'echo a', '--', 'echo b'],
  ['failed', 1, '--', 'true', '--', 'false'],
])('compares two commands as before: %s', async (name, code, ...command) => {
  const root = temporaryFolder();
  const ended = await perfgate.run(root, 'compare', '--json', '--runs', '5', '--max-runs', '5', ...command);
  expect(ended.code).toBe(code);
  expectGolden(`compare/commands-${name}`, timeless(JSON.parse(ended.stdout)) as object, normaliser({ root }));
});

const driven: Change[] = ['accepted', 'rejected', 'inconclusive', 'watchdog', 'wrong'];
it.each(driven)('drives a run as before: %s', async (change) => {
  const repo = project();
  const fix = `cat > work.sh <<'END'\n${changes[change]}END`;
  const args = ['--contract', 'c.yaml', '--yes', '--fix-command', fix];
  const ended = await perfgate.json<object>(repo.root, 'start', 'make it faster', ...args);
  expect(ended.code).toBe(codes[change]);
  expectGolden(`start/${change}`, ended, normaliser(repo));
});
