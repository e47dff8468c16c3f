import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { flameDifference } from '../../../src/profile/flame/difference.ts';
import { type Drawing, flameGraph } from '../../../src/profile/flame/flame.ts';
import { flamePage } from '../../../src/profile/flame/page.ts';
import { type Profile, profileBuilder } from '../../../src/profile/model.ts';
import { folder } from '../../helpers/folder.ts';

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

function profile(stacks: Record<string, number>): Profile {
  const builder = profileBuilder('test', 'ms');
  for (const [stack, cost] of Object.entries(stacks)) {
    let node = -1;
    for (const name of stack.split(';'))
      node = builder.node(node, { function: name, file: 'a.js', line: 1, column: 1, kind: 'project' });
    builder.add(node, cost, cost);
  }
  return builder.done();
}

const stacks = { 'main;parse;read': 30, 'main;parse;split': 10, 'main;write': 60 };

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());

  /** Opens a page, and fails the test where it asks for anything or reports an error. */
  async function open(drawing: Drawing, width = 1200): Promise<Page> {
    const dir = folder({ 'flame.html': flamePage(drawing) });
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const wrong: string[] = [];
    page.on('request', (request) => !request.url().endsWith('flame.html') && wrong.push(request.url()));
    page.on('console', (message) => wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto(`file://${join(dir, 'flame.html')}`);
    onTestFinished(async () => {
      await page.close();
      expect(wrong).toEqual([]);
    });
    return page;
  }

  const frame = (page: Page, name: string, graph = 0) =>
    page
      .locator('svg.graph')
      .nth(graph)
      .locator(':scope > svg')
      .filter({ hasText: new RegExp(`^${name} `) });
  const widthOf = (page: Page, name: string) => frame(page, name).getAttribute('width');

  test('a click widens a frame with its callers, and the button goes back', async () => {
    const page = await open(flameGraph(profile(stacks), 't'));
    expect(await widthOf(page, 'parse')).toBe('40%');
    await frame(page, 'parse').click();
    expect(await widthOf(page, 'parse')).toBe('100%');
    expect(await widthOf(page, 'main')).toBe('100%');
    expect(await widthOf(page, 'read')).toBe('75%');
    expect(await frame(page, 'write').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show the whole' }).click();
    expect(await widthOf(page, 'parse')).toBe('40%');
    expect(await frame(page, 'write').isVisible()).toBe(true);
  });

  test('the keyboard is enough: arrows, Enter, Escape, with labels for screen readers', async () => {
    const page = await open(flameGraph(profile(stacks), 't'));
    await page.locator('svg.graph > svg').first().focus();
    const now = () => page.evaluate<string>("document.activeElement.querySelector('title').textContent.split(' ')[0]");
    const pressed = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return now();
    };
    expect(await pressed('ArrowDown')).toBe('main');
    expect(await pressed('ArrowDown')).toBe('write');
    expect(await pressed('ArrowLeft')).toBe('parse');
    expect(await pressed('ArrowDown', 'ArrowRight')).toBe('split');
    expect(await page.locator('#at').textContent()).toBe('split a.js:1: 10.0 %, 10.0 ms, the project');
    expect(await pressed('ArrowUp', 'Enter')).toBe('parse');
    expect(await widthOf(page, 'parse')).toBe('100%');
    expect(await pressed('Escape')).toBe('parse');
    expect(await widthOf(page, 'parse')).toBe('40%');
  });

  test('a search shows what matches, and its share without counting a stack twice', async () => {
    const page = await open(flameGraph(profile({ ...stacks, 'main;parse;parseMore': 20 }), 't'));
    await page.keyboard.press('Control+f');
    await page.keyboard.type('PARSE');
    expect(await page.locator('#found').textContent()).toBe('2 frames, 50.0 %');
    expect(await page.locator('svg.hit').count()).toBe(2);
    await page.keyboard.press('Enter');
    await page.keyboard.press('n');
    expect(await page.locator('#at').textContent()).toMatch(/^parseMore /);
    await page.keyboard.press('Escape');
    expect(await page.locator('#found').textContent()).toBe('');
  });

  test('a difference can be coloured by amount and by share, and a search shows the result of both sides', async () => {
    const page = await open(flameDifference(profile({ slow: 60, same: 40 }), profile({ slow: 10, same: 40 }), 't'));
    const fill = () => frame(page, 'same', 1).locator('rect').getAttribute('fill');
    const byAmount = await fill();
    await page.getByLabel('shares').check();
    expect(await fill()).not.toBe(byAmount);
    await page.getByLabel('amounts').check();
    expect(await fill()).toBe(byAmount);
    await page.getByLabel('Find').fill('slow');
    expect(await page.locator('#found').textContent()).toBe('before: 1 frame, 60.0 %; after: 1 frame, 20.0 %');
  });

  test('hostile names are text, deep and narrow graphs work, and names keep their size', async () => {
    const deep = Array.from({ length: 200 }, (_, i) => `f${i}`).join(';');
    const page = await open(
      flameGraph(profile({ [deep]: 50, '<script>document.title="harm"</script>': 50 }), 't'),
      400,
    );
    expect(await page.title()).toBe('t');
    await frame(page, 'f199').click();
    expect(await widthOf(page, 'f199')).toBe('100%');
    const size = await page.evaluate("getComputedStyle(document.querySelector('.graph text')).fontSize");
    expect(size).toBe('11px');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

test('without scripts everything is visible, and only the page’s own script may run', () => {
  const page = flamePage(flameGraph(profile(stacks), 't'));
  for (const name of ['main', 'parse', 'read', 'split', 'write']) expect(page).toContain(`>${name}</text>`);
  expect(page).toMatch(/default-src 'none'.*script-src 'sha256-/);
  expect(page.match(/<script/g)).toHaveLength(1);
});
