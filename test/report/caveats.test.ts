import { expect, it } from 'vitest';
import type { Caveat } from '../../src/experiment/caveats/caveat.ts';
import { caveatLine, withText } from '../../src/report/caveats.ts';

const ms = (value: number) => ({ value, unit: 'ms' });
const pct = (value: number) => ({ value, unit: '%' });

it.each<[Caveat, RegExp]>([
  [
    { code: 'self_reported_alone', metric: 'own', claimed: ms(20), wall: ms(-1), cpu: ms(0.5) },
    /own improved by 20\.0 ms, but .*wall time rose by 1\.00 ms, CPU time fell by 0\.5/,
  ],
  [
    { code: 'self_reported_alone', metric: 'own', claimed: pct(50), wall: pct(1), cpu: null },
    /own improved by 50\.0 %, but .*wall time fell by 1\.0 %$/,
  ],
  [
    { code: 'warm_up_heavier', metric: 'own', saved: ms(50), paid: ms(55) },
    /saves 50\.0 ms of own, .*costs 55\.0 ms more/,
  ],
  [
    { code: 'build_grew', what: 'seconds', base: 1, candidate: 2.6 },
    /takes 2\.60 s, and preparing the base takes 1\.00 s/,
  ],
  [{ code: 'build_grew', what: 'bytes', base: 10, candidate: 99_999 }, /write 97\.7 KB for the candidate, but 10/],
  [{ code: 'new_link', links: [{ path: 'a', target: '/b' }], more: 0 }, /a → \/b$/],
  [{ code: 'new_binary', paths: ['a.bin'], more: 3 }, /a\.bin, and 3 more$/],
  [
    { code: 'shadows', files: [{ path: 'json.py', kind: 'module', name: 'json' }], more: 0 },
    /json\.py \(Python’s module json\)$/,
  ],
  [{ code: 'opens_outside', paths: ['/x'], more: 0 }, /outside of the project, and the base does not open them: \/x$/],
  [{ code: 'starts_other', programs: ['/bin/x'], more: 0 }, /starts programs .*: \/bin\/x$/],
  [{ code: 'starts_more', base: 1, candidate: 3 }, /starts 3 processes and the base 1, .*tree_rss/],
  [{ code: 'answer_in_change', words: ['930766865'], more: 0 }, /contains text that the program prints: 930766865$/],
  [
    { code: 'size_elsewhere', saved: 4000, altogether: -10 },
    /shrank by 4000 bytes, but all files together did not shrink/,
  ],
  [{ code: 'not_audited', why: 'no_strace' }, /were not audited: `strace` is not installed$/],
  [
    { code: 'too_good', hotspot: 'parse', at_least_pct: 60, most_pct: 40 },
    /the gain is at least 60\.0 %, but parse and everything that it calls took only 40\.0 % of the profile$/,
  ],
  [
    { code: 'base_moved_wall', was: ms(100), is: ms(140) },
    /took 100 ms before and 140 ms in the session with this change/,
  ],
])('$code has words', (caveat, words) => {
  expect(caveatLine(caveat)).toMatch(words);
  expect(caveatLine(caveat).startsWith(`${caveat.code}: `)).toBe(true);
  expect(withText(caveat)).toEqual({ ...caveat, text: caveatLine(caveat).slice(caveat.code.length + 2) });
});
