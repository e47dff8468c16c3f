import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judged } from '../../../src/monitor/analytics/cases.ts';
import { lookForCases } from '../../../src/monitor/analytics/known-cases.ts';
import { inventedMonth, regression } from '../../../src/monitor/demo/month.ts';
import { casesIn, changeCases } from '../../../src/monitor/store/cases.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { DAY, noon } from '../events.ts';

it('cases are kept from one search to the next, and a proved case stays proved', async () => {
  const db = await openStore(join(temporaryFolder(), 'monitor.db'));
  writerOf(db, { compress: true }).add(inventedMonth('1', noon), 0);
  lookForCases(db, noon);
  const first = casesIn(db);
  const ofHook = first.find(({ handler }) => handler === regression.hook)!;
  expect(ofHook).toMatchObject({ state: 'open', plugin: regression.plugin });
  const proof = { answer: 'regressed' as const, estimate_pct: 58, ci_pct: [41, 77] as [number, number] };
  const proved = judged(ofHook, { state: 'measured', proof }, ofHook.opened);
  changeCases(db, (kept) => kept.map((one) => (one.id === ofHook.id ? proved : one)));
  lookForCases(db, noon + DAY);
  const second = casesIn(db);
  expect(second.find(({ id }) => id === ofHook.id)).toEqual(proved);
  expect(second).toHaveLength(first.length);
  db.close();
});
