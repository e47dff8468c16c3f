import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatFrontmatter, parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { perfGate } from '../helpers/cli.ts';
import { type Copy, finishedRun, sha256 } from './finished-run.ts';

const perfgate = perfGate();
const copy = finishedRun(perfgate);

const transitions = (run: Copy, lines = run.lines()) => lines.filter((l) => l.type === 'transition' && l.artifact);
const isLong = (value: unknown) =>
  Math.abs(value as number) < 1e6 && `${value}`.replace(/^-?0?\.?0*|\./g, '').length > 6;

/** Every number below a value, except in a contract, whose figures were given and not measured. */
function numbers(value: unknown, key = ''): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object' || key === 'contract') return [];
  return Object.entries(value).flatMap(([name, inner]) => numbers(inner, name));
}

it('rounds the numbers in artifacts and run.md, and keeps those in the journal', async () => {
  const run = copy();
  const lines = transitions(run);
  expect(numbers(lines.map((l) => l.data)).some(isLong)).toBe(true);
  for (const name of [...lines.map((l) => l.artifact), 'run.md', 'report.md'])
    expect(numbers(parseFrontmatter(run.read(name)).data).filter(isLong), name).toEqual([]);
  expect((await run.verify()).findings).toEqual([]);
});

it('reads the unrounded numbers of an earlier version', async () => {
  const run = copy();
  const lines = run.lines();
  for (const line of transitions(run, lines)) {
    const { data, body } = parseFrontmatter(run.read(line.artifact));
    const text = formatFrontmatter({ ...data, ...line.data, ...line.effects }, body);
    writeFileSync(run.path(line.artifact), text);
    line.artifact_hash = sha256(text);
  }
  run.rechain(lines);
  expect((await run.verify()).findings).toEqual([]);
});

it('still finds a number in the frontmatter that differs from the journal', async () => {
  const run = copy();
  const [name] = transitions(run).flatMap((l) => (l.stage === 'baseline' ? [l.artifact] : []));
  run.edit(name, /^baseline: (\d+)(\.\d+)?$/m, 'baseline: 1$1');
  const codes = (await run.verify()).findings.map((f) => f.code);
  expect(codes).toEqual(['artifact_frontmatter']);
});
