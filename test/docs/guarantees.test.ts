import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { read } from './pages.ts';

const page = read('docs/guarantees.md');

/** The rows of all tables without their heads, with the tests in the last cell. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!---)/.test(line) && !line.includes('| shown by |'))
  .map((line) => ({
    line,
    tests: [
      ...line
        .split('|')
        .at(-2)!
        .matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g),
    ].map((m) => m[1]!),
  }));

test('every promise links an existing test, under the name of its file', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ tests }) => tests.length === 0).map(({ line }) => line)).toEqual([]);
  const missing = rows
    .flatMap(({ tests }) => tests)
    .filter((path) => !existsSync(path) || !/\b(it|test)\b/.test(read(path)));
  expect(missing.filter((path) => path !== 'test/crash/many.ts')).toEqual([]);
  const links = [...page.matchAll(/\[([\w-]+)\]\((\.\.\/test\/[^)]+)\)/g)];
  for (const [, name, path] of links) expect(path).toMatch(new RegExp(`/${name}(\\.test)?\\.ts$`));
});

test('every safety test belongs to a promise', () => {
  const named = new Set([...page.matchAll(/\.\.\/(test\/[^)]+)\)/g)].map((m) => m[1]!));
  const safety = globSync('test/{trust,verify,crash,fuzz}/*.test.ts').map((path) => join(path));
  expect(safety.length).toBeGreaterThan(15);
  expect(safety.filter((path) => !named.has(path))).toEqual([]);
});
