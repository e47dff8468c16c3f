import { expect, it } from 'vitest';
import { profileBuilder, type Unit } from '../../../src/profile/model.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { techniques, techniquesFor } from '../../../src/profile/rank/techniques.ts';

type Call = {
  name: string;
  kind?: 'project' | 'dependency' | 'native' | 'gc';
  line?: number;
  self: number;
  n?: number;
};

const frame = ({ name, kind = 'project' }: Call) => ({
  function: name,
  file: kind === 'native' || kind === 'gc' ? null : `src/${name}.js`,
  line: 1,
  column: null,
  kind,
});

/** The ranking of stacks, each from the outermost call inwards. `counted`: calls, no samples. */
function ranked(stacks: Call[][], { counted = false, unit = 'ms' as Unit, format = 'cpuprofile' } = {}) {
  const builder = profileBuilder(format, unit, !counted);
  for (const stack of stacks) {
    const at = stack.reduce((parent, call) => builder.node(parent, frame(call), call.line ?? null), -1);
    const { self, n = 1 } = stack.at(-1)!;
    builder.add(at, self, n);
  }
  return hotspots(builder.done(), '/nowhere').hotspots;
}

const namesFor = (place: Parameters<typeof techniquesFor>[0]) =>
  techniquesFor(place).map(({ technique }) => technique.name);

const main = { name: 'main', self: 0 };

it.each(techniques.map(({ name }) => name))('proposes nothing for a place because it is called “%s”', (name) => {
  const words = `${name} getCachedQueries sql fetch sort loop spawn parse find connect readFile log compile`;
  expect(techniquesFor({ id: words, file: `node_modules/${name}.sql` } as object)).toEqual([]);
});

it('points to fewer calls if a place costs little compared with its callees', () => {
  const [work, outer] = ranked([[main, { name: 'work', self: 92, n: 92 }], [{ ...main, self: 8, n: 8 }]]);
  expect(outer!.id).toContain('main');
  expect(namesFor(outer!)[0]).toBe('do less');
  expect(namesFor(work!)).toEqual(['better algorithm']);
});

it('points to the line that costs most, with its share', () => {
  const stacks = [2, 2, 2, 3].map((line) => [{ name: 'work', line, self: 25, n: 25 }]);
  expect(techniquesFor(ranked(stacks)[0]!)[0]!.shown).toBe('one line of it takes 75.0 % of the whole');
});

it('distinguishes a place that one function calls often from one that several call', () => {
  const called = (by: string, n: number) => [
    { name: by, self: 0 },
    { name: 'work', self: 50, n },
  ];
  expect(namesFor(ranked([called('main', 5000)], { counted: true })[0]!)).toContain('hoist');
  const [two] = ranked([called('main', 5000), called('other', 1000)], { counted: true });
  expect(techniquesFor(two!)[0]).toMatchObject({
    technique: { name: 'cache' },
    shown: 'called 6,000 times, by 2 callers',
  });
  // samples are no calls
  expect(namesFor(ranked([called('main', 5000), called('other', 1000)])[0]!)).toEqual(['better algorithm']);
});

it('points to batching if many calls spend their time outside the project', () => {
  const work = { name: 'work', self: 0, n: 500 };
  const [place] = ranked(
    [
      [main, { ...work, self: 5 }],
      [main, work, { name: 'write', kind: 'native', self: 95 }],
    ],
    { counted: true },
  );
  expect(namesFor(place!)).toContain('batch');
});

it('points to garbage collection, to packages and to allocations by their shares', () => {
  const work = { name: 'work', self: 0 };
  const gc = ranked([
    [{ ...work, self: 60, n: 60 }],
    [work, { name: '(garbage collector)', kind: 'gc', self: 40, n: 40 }],
  ]);
  expect(gc[0]!.signs.gc_pct).toBeCloseTo(40);
  expect(namesFor(gc[0]!)).toEqual(['better algorithm', 'allocate less']);
  const pack = ranked([
    [work, { name: 'left-pad', kind: 'dependency', self: 90, n: 90 }],
    [{ ...work, self: 10, n: 10 }],
  ]);
  expect(namesFor(pack[0]!)).toEqual(['replace a dependency']);
  const heap = ranked([[{ ...work, self: 10, n: 10 }]], { unit: 'bytes', format: 'heapprofile' });
  expect(namesFor(heap[0]!)).toContain('allocate less');
});
