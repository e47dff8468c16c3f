import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toSpeedscope } from '../../../src/profile/flame/speedscope-export.ts';
import { formats } from '../../../src/profile/formats/formats.ts';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { type Profile, profileBuilder } from '../../../src/profile/model.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { ofProject } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { everyFormat } from '../formats/every-format.ts';
import { write } from '../programs.ts';

test('every format has a sample', () => {
  expect(Object.keys(everyFormat).sort()).toEqual(formats.map(({ name }) => name).sort());
});

/** A ranking without what speedscope's format cannot hold: how often a counted function was called. */
function ranking(profile: Profile) {
  const { hotspots: all, total } = hotspots(profile, '/app', { limit: Number.POSITIVE_INFINITY });
  const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
  const places = all.map((h) => ({
    id: h.id,
    costs: [h.self_pct, h.total_pct, h.ceiling_pct].map(rounded),
    range: h.ceiling_ci95_pct?.map(rounded) ?? null,
    samples: profile.sampled ? h.samples : null,
  }));
  return { places: places.sort((a, b) => (a.id < b.id ? -1 : 1)), total: rounded(total) };
}

test.each(Object.entries(everyFormat))(
  '%s: after export and import the ranking is the same',
  async (_, [name, bytes]) => {
    const profile = await ofProject(await readProfile(join(write(name, bytes), name)), '/app');
    const dir = folder({ 'again.json': toSpeedscope(profile, 'a title') });
    const again = await ofProject(await readProfile(join(dir, 'again.json')), '/app');
    expect(again.format).toBe('speedscope');
    expect(again.sampled).toBe(profile.sampled);
    expect(ranking(profile).places.length).toBeGreaterThan(0);
    expect(ranking(again)).toEqual(ranking(profile));
  },
);

test('calls open and close in order, each with its own cost after its callees', () => {
  const builder = profileBuilder('test', 'ms', false);
  const frame = (name: string) => ({ function: name, file: 'a.js', line: 1, column: null, kind: 'project' }) as const;
  const main = builder.node(-1, frame('main'));
  builder.add(main, 1, 1);
  builder.add(builder.node(main, frame('b')), 2, 1);
  builder.add(builder.node(main, frame('a')), 4, 1);
  const { profiles } = JSON.parse(toSpeedscope(builder.done(), 't'));
  expect(profiles).toMatchObject([{ type: 'evented', startValue: 0, endValue: 7 }]);
  expect(
    profiles[0].events.map((e: { type: string; frame: number; at: number }) => `${e.type}${e.frame} ${e.at}`),
  ).toEqual(['O0 0', 'O2 0', 'C2 4', 'O1 4', 'C1 6', 'C0 7']);
});

test('a profile of a billion samples becomes a small file with the same shares', () => {
  const builder = profileBuilder('test', 'samples');
  const frame = (name: string) => ({ function: name, file: 'a.js', line: 1, column: null, kind: 'project' }) as const;
  builder.add(builder.node(-1, frame('often')), 9e8, 9e8);
  builder.add(builder.node(-1, frame('less')), 1e8, 1e8);
  builder.add(builder.node(-1, frame('once')), 1, 1);
  const text = toSpeedscope(builder.done(), 't');
  expect(text.length).toBeLessThan(30e6);
  const { samples, weights } = JSON.parse(text).profiles[0] as { samples: number[][]; weights: number[] };
  const of = (wanted: number) => weights.filter((_, i) => samples[i]![0] === wanted);
  expect([0, 1, 2].map((i) => Math.round(of(i).reduce((a, b) => a + b, 0)))).toEqual([9e8, 1e8, 1]);
  expect(of(0).length / of(1).length).toBeCloseTo(9, 5);
});
