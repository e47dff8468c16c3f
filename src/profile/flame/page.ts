import { createHash } from 'node:crypto';
import type { Drawing, Graph } from './flame.ts';
import { flameScript } from './page-script.ts';
import { escaped, frameMarkup, heightOf } from './svg.ts';

const style = `:root{color-scheme:light dark;--page:#fff;--ink:#1c2229;--soft:#5a6572;--line:#c5ccd4}
@media(prefers-color-scheme:dark){:root{--page:#14181c;--ink:#e4e8ec;--soft:#9aa6b2;--line:#48525c}}
body{margin:0;padding:1.25rem clamp(.75rem,2vw,1.5rem);font:15px/1.5 system-ui,sans-serif;background:var(--page);color:var(--ink)}
h1{font-size:1.25rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1rem;margin:1.25rem 0 .4rem}
p,fieldset{margin:.25rem 0;padding:0;border:0;color:var(--soft)}.key{white-space:nowrap;margin-right:1.1em}
.key i{display:inline-block;width:.85em;height:.85em;border:1px solid var(--line);border-radius:2px;margin-right:.35em;vertical-align:-.08em}
#bar{position:sticky;top:0;z-index:1;padding:.5rem 0;background:var(--page)}#bar label{margin-right:.6rem}
#search{font:inherit;width:min(16rem,45vw)}button{font:inherit}#found{margin-left:.6rem}
#at{min-height:3em;font:.85rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere;max-height:6em;overflow:auto}
.graph{display:block;width:100%;font:11px ui-monospace,monospace}.graph>svg{cursor:pointer;outline:0}.graph text{fill:#1a1a1a;pointer-events:none}
.graph rect{stroke:var(--page);stroke-width:.6}.graph>svg:hover rect,.graph>svg:focus rect{stroke:#000;stroke-width:2}
.graph>svg:focus-visible rect{stroke-width:4}.searched>svg:not(.hit){opacity:.3}`;

/**
 * Makes one HTML page of a drawing. The page needs no network and no other files. Its content security policy allows only the page's own
 * script.
 */
export function flamePage({ title, about, keys, graphs }: Drawing): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(flameScript).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const legend = keys.map(
    (key) => `<span class="key"><i style="background:${key.fill}"></i>${escaped(key.text)}</span>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title><style>${style}</style></head><body>
<h1>${escaped(title)}</h1>
<p>${escaped(about)}</p><p>${legend.join(' ')}</p>
<div id="bar" hidden>${graphs.length > 1 ? choice : ''}
<label>Find <input id="search" type="search" autocomplete="off" spellcheck="false" aria-describedby="found"></label><button id="back" type="button" disabled>Show the whole</button>
<span id="found" role="status"></span>
<div id="at">Click a frame to widen it. Keyboard: arrows move, Enter widens, / finds, n goes to the next match, Esc shows the whole graph.</div></div>
<main>${graphs.map((graph) => section(graph, title)).join('\n')}</main>
<script>${flameScript}</script></body></html>
`;
}

const choice = `<fieldset aria-label="Colours show changes of">Colours show changes of <label><input type="radio" name="by" checked> amounts</label>
<label><input type="radio" name="by"> shares: each profile’s total is 100</label></fieldset>`;

function section({ heading, frames }: Graph, title: string): string {
  return `${heading ? `<h2>${escaped(heading)}</h2>` : ''}
<svg class="graph" height="${heightOf(frames)}" aria-label="${escaped(heading || title)}">${frameMarkup(frames, true)}</svg>`;
}
