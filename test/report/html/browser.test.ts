import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../../src/report/html/page.ts';
import { folder } from '../../helpers/folder.ts';
import { crowded, story } from '../story.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

const pages = { usual: story(), crowded: crowded(), 'without an attempt': story({ attempts: [], total: null }) };

const misfits = readFileSync(join(import.meta.dirname, 'misfits.js'), 'utf8');

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());

  describe.each([1200, 600, 360])('%d pixels wide', (width) => {
    it.each(Object.keys(pages) as (keyof typeof pages)[])('a report fits: %s', async (name) => {
      const dir = folder({ 'report.html': reportHtml(pages[name]) });
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(`file://${join(dir, 'report.html')}`);
      expect(await page.evaluate(misfits)).toEqual([]);
      await page.close();
    });
  });
});
