import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../../src/report/html/page.ts';
import { folder } from '../../helpers/folder.ts';
import { crowded } from '../crowded.ts';
import { story } from '../story.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

const pages = { usual: story(), crowded: crowded(), 'without an attempt': story({ attempts: [], total: null }) };

const misfits = readFileSync(join(import.meta.dirname, 'misfits.js'), 'utf8');

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());

  async function wrongIn(html: string, width: number, seen: 'light' | 'dark' | 'print'): Promise<unknown> {
    const dir = folder({ 'report.html': html });
    // a reader who likes it dark prints on white paper too
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: seen === 'light' ? 'light' : 'dark',
    });
    if (seen === 'print') await page.emulateMedia({ media: 'print' });
    await page.goto(`file://${join(dir, 'report.html')}`);
    const wrong = await page.evaluate(misfits);
    await page.close();
    return wrong;
  }

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
    ['.tile .sub{white-space:nowrap;width:3rem}', /interval.*leaves its box/],
    ['.lead{white-space:nowrap}', /the page is \d+ px wide/],
    ['.badge{width:1rem}', /“accepted” leaves its box/],
    ['.tile{overflow:hidden;width:2rem}.tile dd{width:20rem}', /is clipped/],
    ['td{max-width:2rem;white-space:nowrap}', /“peak_rss_mb” leaves its box/],
    ['.soft{color:#c8ccd0}', /is too faint/],
    ['.scroll{background:none}th{min-width:30rem}', /nothing shows that “All attempts” scrolls/],
    ['.pair>:first-child{display:none}', /half of the page is empty/],
    ['.figure .value{font-size:40px}', /leaves its figure/],
  ])('what goes wrong is found: %s', async (css, told) => {
    const broken = reportHtml(story()).replace('</style>', `${css}</style>`);
    expect(String(await wrongIn(broken, 600, 'light'))).toMatch(told);
  });
});
