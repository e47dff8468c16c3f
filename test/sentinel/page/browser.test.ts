import { describe, expect, it } from 'vitest';
import { auditPage } from '../../../src/sentinel/page/audit-page.ts';
import { benchmarkPage } from '../../../src/sentinel/page/benchmark-page.ts';
import { comparePage } from '../../../src/sentinel/page/compare-page.ts';
import { hasBrowser, inBrowser, type Seen } from '../../helpers/browser.ts';
import { about } from './about.ts';
import { madeAudit } from './audits.ts';
import { madeBenchmark } from './benchmarks.ts';
import { madeComparison } from './comparisons.ts';
import { poisoned } from './poisoned.ts';

const pages = {
  'an audit': auditPage(madeAudit(), about),
  'an audit of hostile texts': auditPage(poisoned(madeAudit()), about),
  'a benchmark': benchmarkPage(madeBenchmark(), about),
  'a comparison': comparePage(madeComparison(), 'sentinel compare', about),
};

/** The layout depends only on the width, and readability only on the colours. */
const ways: [number, Seen][] = [
  [1280, 'light'],
  [400, 'dark'],
  [720, 'print'],
];

describe.skipIf(!hasBrowser)('in a browser', () => {
  const wrongIn = inBrowser();

  describe.each(ways)('%d pixels wide, %s', (width, seen) => {
    it.each(Object.keys(pages) as (keyof typeof pages)[])('everything fits and is readable: %s', async (name) => {
      expect(await wrongIn(pages[name], width, seen)).toEqual([]);
    });
  });
});
