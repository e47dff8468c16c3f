import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/sentinel/clean.ts';
import type { Old } from '../../../src/sentinel/store/clean.ts';
import { call } from '../../helpers/call.ts';
import { filesUnder, temporaryFolder } from '../../helpers/repository.ts';

const day = (ago: number) => agoDate(ago).toISOString().slice(0, 10);
const agoDate = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
const hash = (digit: string) => digit.repeat(64);

/** A user's store: `cache/` and `data/` in a folder. */
function store(files: Record<string, string>, marked = true) {
  const root = temporaryFolder();
  const env = { HOME: root, PERF_SENTINEL_HOME: join(root, 'cache'), XDG_DATA_HOME: join(root, 'data') };
  const all = { ...(marked && { 'cache/.perf-sentinel': '' }), ...files };
  for (const [path, text] of Object.entries(all)) {
    const file = join(root, path.replace('data/', 'data/perf-gate/sentinel/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (path.includes('/objects/')) utimesSync(file, agoDate(200), agoDate(200));
  }
  const left = () => Object.keys(filesUnder(root)).map((path) => path.replace('perf-gate/sentinel/', ''));
  return { root, left, clean: (options = {}) => call(command, { cwd: root, env }, [], options) };
}

const kept = {
  [`cache/sessions/${day(29)}/new.json`]: '{}',
  [`cache/audits/${day(89)}.json`]: '[]',
  [`cache/benchmarks/hooks-${day(89)}.json`]: '[]',
  'cache/sessions/notes/2020-01-01.json': 'mine',
  'cache/audits/2020.json': 'mine',
  [`cache/audits/hooks-${day(400)}.json`]: 'mine',
  'cache/config.json': '{}',
  'data/baselines/v1.json': `{ "hooks": [{ "objects": { "a": "${hash('a')}" } }] }`,
  [`data/objects/${hash('a')}`]: `{ "x.sh": "${hash('b')}" }`,
  [`data/objects/bb/${hash('b').slice(2)}`]: 'echo x',
  'data/objects/README': 'mine',
};

const old = {
  [`cache/sessions/${day(31)}/old.json`]: '{"a":1}',
  [`cache/audits/${day(91)}.json`]: '[]',
  [`cache/benchmarks/hooks-${day(91)}.json`]: '[]',
  [`data/objects/${hash('c')}`]: 'echo y',
};

it('removes only old files', async () => {
  const { left, clean } = store({ ...kept, ...old });
  const before = left();
  const { out } = await clean({ dryRun: true, json: true });
  expect(left()).toEqual(before);
  const told = JSON.parse(out) as { old: Old[]; bytes: number };
  expect(told.old.map(({ kind }) => kind)).toEqual(['session', 'audit', 'benchmark', 'object']);
  expect(told.bytes).toBe(7 + 2 + 2 + 6);
  const { said } = await clean();
  expect(said).toBe('Removed 1 session, 1 audit, 1 benchmark, 1 object: 17 bytes.\n');
  expect(left().sort()).toEqual(['cache/.perf-sentinel', ...Object.keys(kept)].sort());
  expect((await clean()).said).toMatch(/^Nothing in .* is old enough to be removed\.\n$/);
});

it('keeps sessions as long as the settings say', async () => {
  const config = { 'cache/config.json': '{ "metrics": { "retention_days": 5 } }' };
  const { left, clean } = store({
    ...config,
    [`cache/sessions/${day(6)}/a.json`]: '{}',
    [`cache/sessions/${day(4)}/b.json`]: '{}',
  });
  await clean();
  expect(left().filter((path) => path.includes('sessions'))).toEqual([`cache/sessions/${day(4)}/b.json`]);
});

it('changes nothing in a folder without its marker', async () => {
  const { left, clean } = store(old, false);
  const { code, said } = await clean();
  expect([code, said]).toEqual([0, expect.stringContaining('Nothing was removed')]);
  expect(left().sort()).toEqual(Object.keys(old).sort());
});

it('follows no link', async () => {
  const { root, clean } = store({});
  const elsewhere = temporaryFolder();
  mkdirSync(join(elsewhere, day(99)));
  for (const file of [`${day(99)}.json`, `${day(99)}/s.json`]) writeFileSync(join(elsewhere, file), 'mine');
  symlinkSync(elsewhere, join(root, 'cache/audits'));
  mkdirSync(join(root, 'cache/sessions'));
  symlinkSync(join(elsewhere, day(99)), join(root, 'cache/sessions', day(99)));
  expect((await clean()).code).toBe(0);
  expect(Object.keys(filesUnder(elsewhere)).sort()).toEqual([`${day(99)}.json`, `${day(99)}/s.json`].sort());
  expect(existsSync(join(root, 'cache/sessions', day(99)))).toBe(true);
});

it('keeps the copies of hooks if a baseline cannot be read', async () => {
  const { root, left, clean } = store(old);
  mkdirSync(join(root, 'data/perf-gate/sentinel/baselines/v2.json'), { recursive: true });
  const { said } = await clean();
  expect(said).toContain('because a baseline cannot be read');
  expect(left()).toContain(`data/objects/${hash('c')}`);
});
