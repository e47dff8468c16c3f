import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { restored } from '../../helpers/recorded.ts';
import { fill, HOSTILE } from './filled.ts';
import { serving } from './serving.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

describe.skipIf(executablePath === undefined)(
  'the views of runs, benchmarks, tests and resources, in a browser',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());

    const texts = (page: Page, table: string) =>
      page.getByRole('table', { name: table, exact: true }).locator('tbody tr').allTextContents();

    it('show the data of the server’s views, on wide and narrow screens, light and dark', async () => {
      const [ended, goesOn] = [restored('accepted'), restored('interrupted')];
      const projects = { ended: { project: ended.project.root, run: ended.run }, goesOn: goesOn.project.root };
      const served = await serving({ filled: (file) => fill(file, Date.now(), projects) });
      onTestFinished(() => served.remove());
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
      const wrong: string[] = [];
      page.on('console', (message) => wrong.push(message.text()));
      page.on('pageerror', (error) => wrong.push(error.message));
      await page.goto(served.address);
      const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

      await tab('Runs of the gate');
      await page.getByRole('heading', { name: 'Run 20261129-0020 in project' }).waitFor();
      const { live } = await served.json<{ live: { stage: string; measuring: { base: []; candidate: [] } }[] }>('runs');
      expect(JSON.stringify(live)).not.toContain('faster');
      const { base, candidate } = live[0]!.measuring;
      expect(await page.locator('.samples circle').count()).toBe(base.length + candidate.length);
      expect(await page.locator('.samples').getAttribute('aria-label')).toContain(`base: ${base.length} samples`);
      expect(await page.locator('.tile').first().textContent()).toContain(live[0]!.stage);
      expect((await texts(page, 'Verdicts and ends of runs')).slice(0, 4)).toEqual([
        expect.stringMatching(/^\d{8}-\d{4}whole runcompleted/),
        expect.stringContaining('attempt 3accepted+37.4 % [+36.6, +38.0]'),
        expect.stringContaining('attempt 2accepted'),
        expect.stringContaining('attempt 1rejected'),
      ]);

      await tab('Resources');
      await page.locator('.uplot canvas').nth(3).waitFor();
      const { rows, points } = await served.json<{ rows: { words: string }[]; points: object[] }>('resources');
      expect((await texts(page, 'Resources')).length).toBe(rows.length);
      await page.getByText('As a table').first().click();
      expect(await texts(page, 'Processor')).toHaveLength(Math.min(30, points.length));

      await tab('Benchmarks');
      await page.getByText(/^Worse since c0ffee1200000000 .*: 101.5 ms → 131.5 ms, p = 0\.000/).waitFor();
      await page.locator('.uplot .u-over').hover({ position: { x: 2, y: 20 } });
      await page.locator('.u-legend').getByText('c0ffee0000000000').waitFor();

      await tab('Tests');
      await page.getByRole('heading', { name: 'Flaky tests' }).waitFor();
      expect(await texts(page, 'Flaky tests')).toEqual(
        expect.arrayContaining([expect.stringContaining('login.test.ts'), expect.stringContaining(HOSTILE)]),
      );
      expect(await page.locator('img').count()).toBe(0);

      await page.setViewportSize({ width: 400, height: 800 });
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const name of ['Runs of the gate', 'Resources', 'Benchmarks', 'Tests']) {
        await tab(name);
        await page.locator('.view .card').first().waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
      }
      expect(wrong).toEqual([]);
      await page.close();
    });
  },
);
