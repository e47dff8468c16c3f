import { rowHeight } from './svg.ts';

/**
 * The script of a page of flame graphs. A click or Enter widens a frame and the callers above the frame. Escape goes back. Arrows move from
 * frame to frame. The search field dims frames that do not match, and shows the share of the matching frames. The script is text for a
 * browser. It sends no request and uses no library. Without the script, the page still shows all frames and their titles.
 */
export const flameScript = `'use strict';
const get = (id) => document.getElementById(id);
const [bar, at, field, found, back] = ['bar', 'at', 'search', 'found', 'back'].map(get);
const graphs = [...document.querySelectorAll('svg.graph')].map((svg) => {
  const frames = [];
  const callers = [];
  for (const el of svg.children) {
    const number = (name) => parseFloat(el.getAttribute(name));
    const tooltip = el.querySelector('title').textContent;
    const frame = { el, tooltip, label: tooltip.split('\\n')[0].toLowerCase(), text: el.querySelector('text'), rect: el.querySelector('rect'),
      x: number('x'), width: number('width'), row: number('y') / ${rowHeight}, index: frames.length, end: 0, caller: null, shown: true, hit: false };
    while (callers.length > frame.row) callers.pop().end = frame.index;
    frame.caller = callers[callers.length - 1] || null;
    callers.push(frame);
    frames.push(frame);
    el.setAttribute('role', 'button');
    el.setAttribute('tabindex', '-1');
  }
  for (const frame of callers) frame.end = frames.length;
  svg.setAttribute('role', 'group');
  return { svg, frames, zoomed: frames[0] };
});
const frameOf = new Map(graphs.flatMap((graph) => graph.frames.map((frame) => [frame.el, { graph, frame }])));
const holds = (outer, inner) => outer.index <= inner.index && inner.index < outer.end;

function draw({ svg, frames, zoomed }) {
  const px = svg.clientWidth / 100;
  let rows = 1;
  for (const frame of frames) {
    const above = holds(frame, zoomed);
    frame.shown = above || holds(zoomed, frame);
    frame.el.style.display = frame.shown ? '' : 'none';
    if (!frame.shown) continue;
    rows = Math.max(rows, frame.row + 1);
    const width = above ? 100 : (frame.width * 100) / zoomed.width;
    frame.el.setAttribute('x', (above ? 0 : ((frame.x - zoomed.x) * 100) / zoomed.width) + '%');
    frame.el.setAttribute('width', width + '%');
    if (width * px < 24) frame.text.setAttribute('display', 'none');
    else frame.text.removeAttribute('display');
  }
  svg.setAttribute('height', rows * ${rowHeight});
  back.disabled = graphs.every((graph) => graph.zoomed === graph.frames[0]);
}
function zoom(graph, frame) {
  graph.zoomed = frame;
  draw(graph);
}
function reset() {
  for (const graph of graphs) zoom(graph, graph.frames[0]);
}
function focus(graph, frame) {
  for (const each of graph.frames) if (each.el.getAttribute('tabindex') === '0') each.el.setAttribute('tabindex', '-1');
  frame.el.setAttribute('tabindex', '0');
  frame.el.focus();
}
const widest = (frames) => frames.reduce((best, frame) => (best && best.width >= frame.width ? best : frame), null);
const neighbour = (graph, frame, step) => {
  for (let i = frame.index + step; graph.frames[i]; i += step)
    if (graph.frames[i].shown && graph.frames[i].row === frame.row) return graph.frames[i];
  return null;
};
const moves = {
  ArrowUp: (graph, frame) => frame.caller,
  ArrowDown: (graph, frame) => widest(graph.frames.slice(frame.index, frame.end).filter((each) => each.caller === frame && each.shown)),
  ArrowLeft: (graph, frame) => neighbour(graph, frame, -1),
  ArrowRight: (graph, frame) => neighbour(graph, frame, 1),
  Home: (graph) => graph.frames[0],
};
function find() {
  const asked = field.value.trim().toLowerCase();
  const counts = graphs.map(({ svg, frames }) => {
    let [many, share, past] = [0, 0, 0];
    for (const frame of frames) {
      frame.hit = asked !== '' && frame.label.includes(asked);
      frame.el.classList.toggle('hit', frame.hit);
      if (!frame.hit) continue;
      many++;
      if (frame.index >= past) [share, past] = [share + frame.width, frame.end];
    }
    svg.classList.toggle('searched', asked !== '');
    return many + (many === 1 ? ' frame, ' : ' frames, ') + share.toFixed(1) + ' %';
  });
  found.textContent = asked === '' ? '' : graphs.length === 1 ? counts[0] : 'before: ' + counts[0] + '; after: ' + counts[1];
}
function nextHit(from) {
  const hits = graphs.flatMap((graph) => graph.frames.filter((frame) => frame.hit).map((frame) => ({ graph, frame })));
  const next = hits[(hits.findIndex(({ frame }) => frame.el === from) + 1) % hits.length];
  if (!next) return;
  if (!next.frame.shown) zoom(next.graph, next.graph.frames[0]);
  focus(next.graph, next.frame);
}
for (const { svg, frames } of graphs) {
  frames[0].el.setAttribute('tabindex', '0');
  const target = (event) => frameOf.get(event.target.closest('svg.graph > svg'));
  const say = (event) => { const on = target(event); if (on) at.textContent = on.frame.tooltip.replace('\\n', ': ').replace('\\n', '; '); };
  svg.addEventListener('mouseover', say);
  svg.addEventListener('focusin', say);
  svg.addEventListener('click', (event) => { const on = target(event); if (on) { zoom(on.graph, on.frame); focus(on.graph, on.frame); } });
  svg.addEventListener('keydown', (event) => {
    const on = target(event);
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moves[event.key] ? moves[event.key](on.graph, on.frame) : null;
    if (to) focus(on.graph, to);
    else if (event.key === 'Enter' || event.key === ' ') zoom(on.graph, on.frame);
    else if (event.key === 'n') nextHit(on.frame.el);
    else if (!moves[event.key]) return;
    event.preventDefault();
  });
}
document.addEventListener('keydown', (event) => {
  const finds = event.key === '/' || ((event.ctrlKey || event.metaKey) && event.key === 'f');
  if (finds && document.activeElement !== field) {
    event.preventDefault();
    field.select();
  } else if (event.key === 'Escape') {
    field.value = '';
    find();
    reset();
  }
});
field.addEventListener('input', find);
field.addEventListener('keydown', (event) => { if (event.key === 'Enter') nextHit(null); });
back.addEventListener('click', reset);
for (const choice of document.querySelectorAll('input[name=by]'))
  choice.addEventListener('change', () => {
    for (const { frames } of graphs)
      for (const { rect } of frames) {
        const fill = rect.getAttribute('fill');
        rect.setAttribute('fill', rect.dataset.share);
        rect.dataset.share = fill;
      }
  });
addEventListener('resize', () => graphs.forEach(draw));
bar.hidden = false;
graphs.forEach(draw);
`;
