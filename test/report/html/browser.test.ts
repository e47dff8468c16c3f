import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../src/report/html/page.ts';
import { suiteHtml } from '../../../src/report/html/suite.ts';
import { hasBrowser, inBrowser } from '../../helpers/browser.ts';
import { crowded } from '../crowded.ts';
import { story } from '../story.ts';
import { suiteOf } from '../suite-of.ts';

const pages = { usual: story(), crowded: crowded(), 'without an attempt': story({ attempts: [], total: null }) };

describe.skipIf(!hasBrowser)('in a browser', () => {
  const wrongIn = inBrowser();

  describe.each([1200, 600, 360])('%d pixels wide', (width) => {
    describe.each(['light', 'dark'] as const)('%s', (scheme) => {
      it.each(Object.keys(pages) as (keyof typeof pages)[])('a report fits: %s', async (name) => {
        expect(await wrongIn(reportHtml(pages[name]), width, scheme)).toEqual([]);
      });
    });
  });

  it.each(Object.keys(pages) as (keyof typeof pages)[])('a report fits paper: %s', async (name) => {
    expect(await wrongIn(reportHtml(pages[name]), 720, 'print')).toEqual([]);
  });

  it.each([
    [1200, 'light', 0],
    [360, 'dark', 80],
    [720, 'print', 0],
  ] as const)('the page of a suite fits %d pixels, %s, with %d more benchmarks', async (width, seen, more) => {
    expect(await wrongIn(suiteHtml(suiteOf(more)), width, seen)).toEqual([]);
  });

  it.each([
    ['.tile .sub{white-space:nowrap;width:3rem}', /interval.*leaves its box/],
    ['.lead{white-space:nowrap}', /the page is \d+ px wide/],
    ['.badge{width:1rem}', /“accepted” leaves its box/],
    ['.tile{overflow:hidden;width:2rem}.tile dd{width:20rem}', /is clipped/],
    ['td{max-width:2rem;white-space:nowrap}', /“peak_rss_mb” leaves its box/],
    ['.soft{color:#c8ccd0}', /is too faint/],
    ['.scroll{background:none}th{min-width:30rem}', /nothing shows that “All attempts” scrolls/],
    ['.pair>:first-child{display:none}', /half of the page is empty/],
    ['.figure .value{font-size:40px}', /leaves its figure/],
  ])('these tests find a broken page: %s', async (css, told) => {
    const broken = reportHtml(story()).replace('</style>', `${css}</style>`);
    expect(String(await wrongIn(broken, 600, 'light'))).toMatch(told);
  });
});
