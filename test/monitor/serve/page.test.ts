import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { logs, record, sentNow } from '../otlp/bodies.ts';
import { type Serving, serving } from './serving.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** The tabs, and a view's name in its address. */
const tabs = {
  Now: 'now',
  Hooks: 'hooks',
  Sessions: 'session',
  Cases: 'cases',
  Alerts: 'alerts',
  'Tools and models': 'tools',
  Agents: 'agents',
  Cache: 'cache',
  'Runs of the gate': 'runs',
  Benchmarks: 'bench',
  Tests: 'tests',
  Resources: 'resources',
};

const hostile = '<img src=x onerror=alert(1)></script>';

describe.skipIf(executablePath === undefined)('the page, in a browser', () => {
  let browser: Browser;
  let served: Serving;
  let empty: Serving;
  beforeAll(async () => {
    const launched = chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    [browser, served, empty] = await Promise.all([launched, serving({ filled: true }), serving({ filled: false })]);
  });
  afterAll(() => Promise.all([browser?.close(), served?.remove(), empty?.remove()]));

  /**
   * Opens the page. The test fails if the console, the content security policy or a script reports a problem, or if another host is
   * contacted.
   */
  async function open(of: Serving, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const wrong: string[] = [];
    page.on('console', (message) => wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => request.url().startsWith(of.origin) || wrong.push(request.url()));
    page.on('dialog', (dialog) => wrong.push(dialog.message()));
    await page.goto(of.address);
    await page.locator('.state.live').waitFor();
    onTestFinished(async () => {
      await page.close();
      expect(wrong.filter((text) => !text.startsWith('data:'))).toEqual([]);
    });
    return page;
  }

  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
  const cells = async (page: Page, name: string) => {
    const row = page.getByRole('table', { name, exact: true }).locator('tbody tr').first();
    await row.waitFor();
    return row.locator('th, td').allTextContents();
  };

  it('shows in every view the figures of the server’s view', async () => {
    const page = await open(served);
    const hooks = await served.json<{ rows: { kind: string; name: string; n: number; plugin: string }[] }>('hooks');
    await tab(page, 'Hooks').click();
    const wait = hooks.rows.find(({ kind }) => kind === 'hook_event')!;
    expect(await cells(page, 'Waits by event')).toEqual(expect.arrayContaining([wait.name, String(wait.n)]));
    const single = hooks.rows.find(({ kind }) => kind === 'hook')!;
    expect((await cells(page, 'Single hooks'))[0]).toBe(`${single.plugin} / ${single.name}`);
    expect(await page.locator('.heatmap .heat').count()).toBe(
      (await served.json<{ cells: unknown[] }>('hooks')).cells.length,
    );
    await tab(page, 'Sessions').click();
    const { id, parts } = await served.json<{ id: string; parts: { kind: string }[] }>('session');
    await page.getByRole('heading', { name: `Session ${id.slice(0, 8)}` }).waitFor();
    expect(await page.locator('.icicle [data-bar]').count()).toBe(parts.length);
    await tab(page, 'Cases').click();
    const { cases } = await served.json<{ cases: { words: { subject: string } }[] }>('cases');
    for (const { words } of cases)
      await page
        .getByRole('heading', { name: words.subject.replace(/ \(.*/, '') })
        .first()
        .waitFor();
    expect(cases.length).toBeGreaterThan(0);
    await tab(page, 'Alerts').click();
    const { rules } = await served.json<{ rules: { rule: string }[] }>('alerts');
    expect((await cells(page, 'Rules'))[0]).toBe(rules[0]!.rule);
    for (const [name, view, table] of [
      ['Tools and models', 'tools', 'Models'],
      ['Agents', 'agents', 'Subagents by type'],
    ] as const) {
      await tab(page, name).click();
      const [row] = (await served.json<{ rows: { name: string; n: number }[] }>(view)).rows;
      expect(await cells(page, table)).toEqual(expect.arrayContaining([row!.name, row!.n.toLocaleString('en-US')]));
    }
    await tab(page, 'Cache').click();
    const [model] = (await served.json<{ rows: { cache_read_share: number }[] }>('cache')).rows;
    expect((await cells(page, 'Tokens by model'))[1]).toBe(`${(100 * model!.cache_read_share).toFixed(1)} %`);
    expect(await page.locator('.uplot canvas').count()).toBe(1);
  });

  it('shows a new event without a reload, also on an empty page, and a hostile name as text', async () => {
    const page = await open(empty);
    await page.getByText('perf-gate monitor setup').waitFor();
    await empty.post(sentNow(logs(record('tool_result', { tool_name: 'First', duration_ms: '5', success: 'true' }))));
    await page.locator('#news').getByText('First').waitFor();
    await empty.post(sentNow(logs(record('tool_result', { tool_name: hostile, duration_ms: '6', success: 'false' }))));
    await page.locator('#news').getByText(hostile).waitFor();
    await tab(page, 'Tools and models').click();
    await page.getByRole('rowheader', { name: hostile, exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('can be used by keyboard only: every view, the figures behind a chart, a part of a session', async () => {
    const page = await open(served);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the figures');
    await page.keyboard.press('Tab');
    for (const [name, view] of Object.entries(tabs)) {
      expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
      await page.locator(`[role=tab][aria-selected=true]#tab-${view}`).waitFor();
      expect(await page.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe(`tab-${view}`);
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('ArrowRight');
    await page.locator('.heatmap').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.heat-frame + .told').textContent()).toMatch(/: \d+$/);
    await tab(page, 'Hooks').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.icicle').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    expect(await page.locator('.icicle .chosen').count()).toBe(1);
    const zoomed = await page.locator('.icicle [data-bar]').count();
    await page.keyboard.press('Escape');
    expect(await page.locator('.icicle [data-bar]').count()).toBeGreaterThan(zoomed);
  });

  it.each(['light', 'dark'] as const)(
    'has enough contrast, and fits widths from 400 to 1920 px: %s',
    async (colorScheme) => {
      const page = await open(served, { colorScheme, viewport: { width: 400, height: 800 } });
      for (const name of Object.keys(tabs)) {
        await tab(page, name).click();
        await page.locator('.view .card').first().waitFor();
        for (const width of [400, 1920]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
        }
      }
      expect(await page.evaluate(CONTRAST)).toEqual([]);
    },
  );

  it('reports a lost connection, reconnects, and reports a measurement that slows its updates', async () => {
    const own = await serving({ filled: false });
    onTestFinished(() => own.remove());
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(own.address);
    await page.locator('.state.live').waitFor();
    await own.stop();
    await page.getByText('connection lost').waitFor();
    await own.again();
    await page.locator('.state.live').waitFor();
    const release = own.measuring();
    await page.getByText('a measurement is running (a test)').waitFor();
    release();
    await page.locator('.state.live').waitFor();
  });

  it('silences a rule by a button, with the token of the address, which it hides', async () => {
    const page = await open(served);
    expect(page.url()).not.toContain('token');
    await tab(page, 'Alerts').click();
    await page.getByRole('button', { name: 'Silence always for 12 h' }).click();
    await page.getByRole('table', { name: 'Silences' }).getByRole('rowheader', { name: 'always' }).waitFor();
    const { silences } = await served.json<{ silences: { rule: string }[] }>('alerts');
    expect(silences.map(({ rule }) => rule)).toEqual(['always']);
  });
});

/** Texts whose contrast to their background is below 4.5 by WCAG 2: `--name on --ground: 3.9`. */
const CONTRAST = `(() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const probe = document.createElement('i');
    probe.style.color = style.getPropertyValue(name);
    document.body.append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map((c) => {
      const v = c / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    probe.remove();
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pairs = [];
  for (const ground of ['--card', '--page', '--hover']) for (const ink of ['--ink', '--soft', '--accent', '--bad', '--good', '--open']) pairs.push([ink, ground]);
  pairs.push(['--good', '--good-bg'], ['--bad', '--bad-bg'], ['--open', '--open-bg'], ['--ink', '--turn']);
  for (const kind of ['--model', '--agent', '--permission']) pairs.push(['--on', kind]);
  return pairs.flatMap(([a, b]) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    const ratio = (x + 0.05) / (y + 0.05);
    return ratio < 4.5 ? [a + ' on ' + b + ': ' + ratio.toFixed(2)] : [];
  });
})()`;
