import { colours, escaped, flameGraph } from './flame.ts';
import { flameDifference } from './flame-difference.ts';
import type { Profile } from './model.ts';

const style = `:root{color-scheme:light dark}body{margin:0;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;background:#fff;color:#1c2229}
h1{font-size:1.25rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1rem;margin:1.75rem 0 .5rem}p{margin:.25rem 0;color:#5a6572}
.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 .9em;vertical-align:-.05em}
svg{display:block}g{cursor:pointer}g:hover rect{stroke:#1c2229}#at{position:sticky;top:0;padding:.3rem 0;min-height:1.5em;background:#fff;color:#1c2229;
font:.85rem ui-monospace,monospace;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body,#at{background:#14181c;color:#e4e8ec}p{color:#9aa6b2}}`;

/** A click widens a frame to the whole width, its callers with it; a click on the top row goes back. Without scripts the titles still tell all. */
const script = `for (const svg of document.querySelectorAll('svg')) {
  const all = [...svg.querySelectorAll('g')].map((g) => {
    const [rect, text] = [g.querySelector('rect'), g.querySelector('text')];
    return { g, rect, text, x: +rect.getAttribute('x'), w: +rect.getAttribute('width'), y: +rect.getAttribute('y'), name: g.querySelector('title').textContent };
  });
  for (const one of all) {
    one.g.addEventListener('mouseenter', () => { document.getElementById('at').textContent = one.name; });
    one.g.addEventListener('click', () => {
      const k = 1200 / Math.max(one.w, 0.01);
      for (const each of all) {
        const caller = each.y < one.y && each.x <= one.x + 0.1 && each.x + each.w >= one.x + one.w - 0.6;
        const x = caller ? 0 : (each.x - one.x) * k, w = caller ? 1200 : each.w * k;
        const shown = caller || (each.y >= one.y && x > -0.6 && x < 1200);
        each.g.style.display = shown ? '' : 'none';
        each.rect.setAttribute('x', x); each.rect.setAttribute('width', w);
        if (each.text) each.text.setAttribute('x', x + 3);
        if (each.text) each.text.style.display = w < 20 ? 'none' : '';
      }
    });
  }
}`;

/** A profile as one page that needs nothing else: no network, no files beside it. */
export function flamePage(profile: Profile, title: string): string {
  const key = {
    project: 'the project',
    dependency: 'dependencies',
    runtime: 'runtime',
    native: 'native code',
    gc: 'garbage collection',
  };
  const seen = new Set(profile.frames.map((frame) => frame.kind));
  const legend = (Object.keys(key) as (keyof typeof key)[])
    .filter((kind) => seen.has(kind))
    .map((kind) => `<span class="key" style="background:${colours[kind]}"></span>${key[kind]}`);
  return page(
    title,
    `<p>Callers on top; widths are shares of ${amount(profile)}.${legend.join('')}</p>${flameGraph(profile, title)}`,
  );
}

/** The same for what changed between two profiles. */
export function differencePage(before: Profile, after: Profile, title: string): string {
  const { before: old, after: now } = flameDifference(before, after, title);
  const key = (colour: string, text: string) => `<span class="key" style="background:${colour}"></span>${text}`;
  return page(
    title,
    `<p>Colours tell how the share of a stack changed:${key('#4a82d6', 'fell')}${key('#e2e2e2', 'stayed')}${key('#de5a4a', 'rose')}</p>
<h2>Before: ${amount(before)}</h2>${old}<h2>After: ${amount(after)}</h2>${now}`,
  );
}

const amount = ({ total, unit }: Profile) => `${total.toFixed(unit === 'ms' ? 1 : 0)} ${unit}`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style>
<h1>${escaped(title)}</h1>${body}
<p>Point at a frame to read it, click to widen it, click the top row to go back.</p><div id="at"></div>
<script>${script}</script></html>
`;
}
