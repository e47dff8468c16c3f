import { expect, it } from 'vitest';
import { published } from './published.ts';
import { nameOf } from './run.ts';
import { at } from './setting.ts';
import { settings } from './settings.ts';
import { reference, tell } from './story.ts';

/** From one kill to the next: a prime, so that the settings are met in different places. */
const RECORDS = 7;

const place = published();

const { plain: _, ...others } = settings; // see every-record.test.ts

it.each(Object.entries(others).map(([name, setting], i) => ({ name, setting, from: i + 1 })))(
  'with $name, a run that is killed repeatedly ends like an uninterrupted one',
  async ({ setting, from }) => {
    const alone = await reference(place.bin, place.home, setting);
    const points = alone.journal.map(nameOf).filter((_, i) => i % RECORDS === from);
    const { kills, differs } = await tell(place.bin, alone, points.map(at));
    expect(differs.join('\n')).toBe('');
    expect(kills).toBeGreaterThanOrEqual(points.length - 1); // at the last record the process may be gone before it is killed
  },
  180_000,
);
