import { describe, expect, it } from 'vitest';
import { auditPage } from '../../../src/sentinel/page/audit-page.ts';
import { benchmarkPage } from '../../../src/sentinel/page/benchmark-page.ts';
import { comparePage } from '../../../src/sentinel/page/compare-page.ts';
import { hasBrowser, inBrowser, type Seen } from '../../helpers/browser.ts';
import { about, madeAudit, madeBenchmark, madeComparison, poisoned } from './made.ts';

const pages = {
  'an audit': auditPage(madeAudit(), about),
  'an audit of hostile texts': auditPage(poisoned(madeAudit()), about),
  'a benchmark': benchmarkPage(madeBenchmark(), about),
  'a comparison': comparePage(madeComparison(), 'sentinel compare', about),
};

/** What fits depends on the width alone, and what can be read on the colours alone. */
const ways: [number, Seen][] = [
  [1280, 'light'],
  [400, 'dark'],
  [720, 'print'],
];

describe.skipIf(!hasBrowser)('in a browser', () => {
  const wrongIn = inBrowser();

  describe.each(ways)('%d pixels wide, %s', (width, seen) => {
    it.each(Object.keys(pages) as (keyof typeof pages)[])('everything fits, and can be read: %s', async (name) => {
      expect(await wrongIn(pages[name], width, seen)).toEqual([]);
    });
  });
});
