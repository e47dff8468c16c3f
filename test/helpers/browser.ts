import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { folder } from './folder.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** Whether this machine has a browser. */
export const hasBrowser = executablePath !== undefined;

/** How a page is shown: on a screen in the light or dark colour scheme, or on paper. */
export type Seen = 'light' | 'dark' | 'print';

/** Returns a function that lists the visible faults of a page of this width, in words. The browser closes after the surrounding tests. */
export function inBrowser(): (html: string, width: number, seen: Seen) => Promise<unknown> {
  const misfits = readFileSync(join(import.meta.dirname, 'misfits.js'), 'utf8');
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());
  return async (html, width, seen) => {
    const dir = folder({ 'page.html': html });
    // printing must give a light page in the dark scheme too
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: seen === 'light' ? 'light' : 'dark',
    });
    if (seen === 'print') await page.emulateMedia({ media: 'print' });
    await page.goto(`file://${join(dir, 'page.html')}`);
    const wrong = await page.evaluate(misfits);
    await page.close();
    return wrong;
  };
}
