import { expect, it } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { asRecorded } from '../../../src/record/find-hotspot.ts';
import { folder } from '../../helpers/folder.ts';

async function ranked(stacks: string[], threshold_pct: number) {
  const dir = folder({ 'p.folded': `${stacks.join('\n')}\n`, 'a.py': '' });
  const found = hotspots(await readProfile(`${dir}/p.folded`), dir, { threshold_pct });
  return new Map(found.hotspots.map((h) => [h.function, h]));
}

it('says that a place reaches the threshold if its total with callees does', async () => {
  const found = await ranked(['main (a.py:1);work (a.py:9) 720', 'main (a.py:1) 80', 'other (a.py:20) 200'], 25);
  expect(found.get('main')).toMatchObject({ reaches_threshold: true });
  expect(found.get('main')!.self_pct).toBeCloseTo(8);
  expect(found.get('main')!.total_pct).toBeCloseTo(80);
  expect(found.get('other')).toMatchObject({ reaches_threshold: false });
});

it('derives no limit from one sample, and records no ceiling', async () => {
  const found = await ranked(['main (a.py:1) 1', 'work (a.py:9) 99'], 20);
  expect(found.get('main')).not.toHaveProperty('reaches_threshold');
  expect(asRecorded(found.get('main')!)).not.toHaveProperty('ceiling_pct');
  expect(asRecorded(found.get('main')!)).toMatchObject({ samples: 1 });
  expect(asRecorded(found.get('work')!)).toMatchObject({ reaches_threshold: true, samples: 99 });
});
