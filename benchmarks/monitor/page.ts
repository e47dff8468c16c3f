import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { median } from '../../src/stats/robust.ts';
import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/**
 * Load times of the page in ms, medians of five visits: until the first paint, and until the first view is drawn. `answer`: a client's longest
 * wait while the page loads and the service computes the cases of all series. Null without a browser.
 */
export type Shown = { paint: number; drawn: number; cases: number; answer: number };

export async function pageShown(service: Service, first: number): Promise<Shown | null> {
  if (executablePath === undefined) return null;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const waits: number[] = [];
  let isOver = false;
  const client = (async () => {
    for (let i = 0; !isOver; i++) {
      const began = performance.now();
      await service.post(bodyOf(first + i, 1, Date.now()));
      waits.push(performance.now() - began);
    }
  })();
  try {
    const visits: [number, number][] = [];
    for (let i = 0; i < 5; i++) {
      const page = await browser.newPage();
      const began = performance.now();
      await page.goto(service.page);
      await page.locator('.state.live').waitFor();
      const drawn = performance.now() - began;
      visits.push([Number(await page.evaluate(PAINT)), drawn]);
      await page.close();
    }
    const began = performance.now();
    await (await fetch(`${service.page}/api/cases`)).arrayBuffer();
    const cases = performance.now() - began;
    return {
      paint: median(visits.map(([paint]) => paint)),
      drawn: median(visits.map(([, drawn]) => drawn)),
      cases,
      answer: Math.max(...waits),
    };
  } finally {
    isOver = true;
    await client;
    await browser.close();
  }
}

const PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime";
