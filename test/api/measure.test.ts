import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { measure } from '../../src/api/index.ts';
import { cwd } from '../helpers/own-cache.ts';

beforeAll(() => {
  process.env.XDG_CACHE_HOME = join(cwd, 'cache');
});

it('measures commands in turn, and returns every run with matching statistics', async () => {
  const { commands, method } = await measure(['echo a >> log', 'echo b >> log'], { cwd, runs: 3 });
  expect(method).toMatch(/^\w+$/);
  expect(commands.map(({ command }) => command)).toEqual(['echo a >> log', 'echo b >> log']);
  for (const { wall } of commands) {
    const { values, median, min, max, ci95 } = wall;
    expect(values).toHaveLength(3);
    expect([min, median, max]).toEqual([...values].sort((a, b) => a - b));
    expect(ci95).toBeNull(); // three runs are too few for an interval
  }
  // a warm-up and three runs of each command, one of each per round
  const rounds = readFileSync(join(cwd, 'log'), 'utf8').match(/.\n.\n/g)!;
  expect(rounds.map((round) => [...round.replaceAll('\n', '')].sort().join(''))).toEqual(['ab', 'ab', 'ab', 'ab']);
});

it('accepts one command without a list, and passes its arguments as a shell does', async () => {
  writeFileSync(join(cwd, 'a b'), '');
  const { commands } = await measure(`test -e 'a b'`, { cwd, runs: 1 });
  expect(commands[0]).toMatchObject({ command: `test -e 'a b'`, wall: { values: [expect.any(Number)], sd: null } });
});
