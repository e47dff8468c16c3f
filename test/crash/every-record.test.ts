import { beforeAll, expect, it } from 'vitest';
import { published } from './published.ts';
import { type Kill, nameOf } from './run.ts';
import { at } from './setting.ts';
import { settings } from './settings.ts';
import { type Reference, reference, tell } from './story.ts';

/** Each story is a run that is killed at every so many-th record, so that a few of them meet every record. */
const STORIES = 5;

const place = published();
let alone: Reference;

beforeAll(async () => {
  alone = await reference(place.bin, place.home, settings.plain!);
}, 120_000);

it.each(Array.from({ length: STORIES }, (_, story) => story))(
  'a run that is killed at every fifth record, from record %i on, ends like an uninterrupted one',
  async (story) => {
    const points = alone.journal.map(nameOf).filter((_, i) => i % STORIES === story);
    const { kills, differs } = await tell(place.bin, alone, points.map(at));
    expect(differs.join('\n')).toBe('');
    expect(kills).toBeGreaterThanOrEqual(points.length - 1); // at the last record the process may be gone before it is killed
  },
  180_000,
);

it('a start that is killed before its run has a journal does not block the next', async () => {
  const early = [60, 150, 250, 350, 450, 550].map((after): Kill => ({ after }));
  const { processes, differs } = await tell(place.bin, alone, early);
  expect(processes[0]).toMatchObject({ killed: true });
  expect(differs.join('\n')).toBe('');
}, 60_000);
