import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { followTurns, ownFrom } from '../../../src/measure/sessions/turns.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

/** Longer than the clock of any file system is coarse. */
const aMoment = () => pause(25);

type Deeds = { base?: () => void; candidate?: () => void; before?: () => void };

/** Two arms that take turns twice, and what they do in them. */
async function session(place: string, { base, candidate, before }: Deeds) {
  const own = (name: string) => ({ own: ownFrom([join(place, name)], join(place, 'clock')) });
  const arms = { base: own('base'), candidate: own('candidate') };
  await aMoment();
  before?.();
  await aMoment();
  const turns = followTurns(arms);
  for (const [arm, deed] of [
    ['base', base],
    ['candidate', candidate],
    ['candidate', undefined],
    ['base', undefined],
  ] as const) {
    turns.begin(arm);
    await aMoment();
    deed?.();
    await aMoment();
  }
  return turns.end();
}

function place(): string {
  const dir = temporaryFolder();
  for (const name of ['base/src', 'candidate/src']) mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, 'base/src/a.js'), 'a');
  return dir;
}

it('reports only changes to the base’s folder during the candidate’s turn', async () => {
  const dir = place();
  const write = (path: string) => () => writeFileSync(join(dir, path), 'b');
  const seen = async (deeds: Deeds) => (await session(dir, deeds)).trespasses;
  expect(await seen({ base: write('base/out.txt'), candidate: write('candidate/out.txt') })).toEqual([]);
  expect(await seen({ candidate: write('base/src/a.js') })).toEqual(['src/a.js']);
  expect(await seen({ candidate: write('base/new.txt') })).toEqual(['new.txt']);
  expect(await seen({ candidate: () => rmSync(join(dir, 'base/src/a.js')) })).toEqual(['src']);
  expect(await seen({ before: write('base/src/a.js') })).toEqual(['src/a.js']);
  expect(await seen({ candidate: () => rmSync(join(dir, 'base'), { recursive: true }) })).toEqual([join(dir, 'base')]);
});

it('counts what each arm writes', async () => {
  const dir = place();
  const grow = () => {
    writeFileSync(join(dir, 'candidate/big'), '');
    truncateSync(join(dir, 'candidate/big'), 3_000_000_000);
  };
  expect((await session(dir, { candidate: grow })).written).toEqual({ base: 0, candidate: 3_000_000_000 });
});

it('detects nothing if an arm is missing or the folders belong to the user', () => {
  const own = { own: ownFrom([temporaryFolder()], join(temporaryFolder(), 'clock')) };
  for (const arms of [
    { base: null, candidate: own },
    { base: {}, candidate: {} },
  ]) {
    const turns = followTurns(arms);
    turns.begin('candidate');
    expect(turns.end()).toEqual({ trespasses: [], written: { base: 0, candidate: 0 } });
  }
});
