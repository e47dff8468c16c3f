// Draws 20 frames in headless Chromium and prints the cost of one: script, style and layout.
import { existsSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const frames = 20;
process.env.TMPDIR = '/tmp'; // Chromium keeps a socket there, and the path of a socket must be short
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const executablePath = places.find((path) => path && existsSync(path));
const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
const page = await browser.newPage();
const client = await page.context().newCDPSession(page);
await page.goto(new URL('page/index.html', import.meta.url).href);

const { PROFILE } = process.env;
if (PROFILE) await client.send('Profiler.enable').then(() => client.send('Profiler.start'));
// CPU time of the page's own thread, so that other programs do not count.
await client.send('Performance.enable', { timeDomain: 'threadTicks' });
const before = await spent();
await page.evaluate(async (frames) => {
  for (let n = 0; n < frames; n++) {
    await new Promise(requestAnimationFrame);
    draw(n);
  }
  document.body.getBoundingClientRect(); // forces the layout that is still pending
}, frames);
const after = await spent();
if (PROFILE) writeFileSync(PROFILE, JSON.stringify((await client.send('Profiler.stop')).profile));

console.log(`METRIC frame_ms=${((after.ms - before.ms) / frames).toFixed(4)}`);
console.log(`METRIC layouts=${after.layouts - before.layouts}`);
console.log(await page.evaluate(() => bars.map((bar) => bar.offsetWidth).join(' ')));
await browser.close();

async function spent() {
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const seconds = of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration');
  return { ms: seconds * 1000, layouts: of('LayoutCount') };
}
