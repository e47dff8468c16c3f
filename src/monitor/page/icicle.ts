import type { Part } from '../serve/views/session.ts';
import { h } from './h.ts';
import { type Bar, type Lane, lanes } from './lanes.ts';
import { scaleOf } from './pauses.ts';
import { clock, named, time } from './words.ts';

/**
 * The lanes of the picture, with the kinds of activities in each lane. Single hooks have a separate lane, because they overlap the wait for
 * their hook event.
 */
const rows: readonly [name: string, kinds: readonly Part['kind'][]][] = [
  ['turns', ['turn']],
  ['agents', ['agent']],
  ['models', ['model']],
  ['tools', ['tool']],
  ['permission', ['permission']],
  ['hooks', ['hook_event']],
  ['each hook', ['hook']],
  ['others', ['test', 'cache', 'resource', 'run', 'bench', 'session']],
];

const TICKS = 5;

/** For each session, the section of the time axis to which the user zoomed. The zoom is kept when newer data arrives. */
const looked = new Map<string, { from: number; to: number }>();
/** The kind, name and start of the activity that was selected with the arrow keys. */
let chosen = '';

/**
 * A picture of a session over time. Long pauses are cut out. A text below the picture describes the activity at the pointer or the activity
 * that was selected with the arrow keys.
 */
export function icicle(id: string, parts: readonly Part[]): HTMLElement {
  const scale = scaleOf(parts, true);
  const starts = new Map<Bar, Part>();
  const all = rows.flatMap(([name, of]): Lane[] => {
    const own = parts.filter(({ kind }) => of.includes(kind));
    const bars = own.map((part) => {
      const bar = barOf(part, scale.of);
      starts.set(bar, part);
      return bar;
    });
    return bars.length > 0 ? [{ name, bars }] : [];
  });
  const order = all.flatMap(({ bars }) => bars);
  const told = h('p', { class: 'soft told', role: 'status' }, 'Point at an activity to see its duration.');
  const frame = h('div', {
    class: 'icicle',
    id: `icicle-${id}`,
    tabindex: 0,
    role: 'group',
    'aria-label': 'Session over time. The table below lists the longest activities.',
  });
  let at = order.findIndex((bar) => keyOf(starts.get(bar)!) === chosen);
  const tell = (bar: Bar | undefined) => {
    if (!bar) return;
    const { start } = starts.get(bar)!;
    told.textContent = `${bar.label}, from ${clock(start)}`;
  };
  const draw = () => {
    const { from, to } = looked.get(id) ?? { from: 0, to: scale.length };
    const ticks = Array.from({ length: TICKS + 1 }, (_, i) => ({
      at: i / TICKS,
      text: time(from + (i / TICKS) * (to - from)),
    }));
    frame.replaceChildren(
      lanes({ lanes: all, from, to, height: 20, ticks, named: true, pauses: scale.pauses, chosen: order[at] ?? null }),
    );
  };
  const zoom = (bar: Bar | undefined) => {
    if (bar) {
      const beside = 0.04 * (bar.end - bar.start);
      looked.set(id, { from: bar.start - beside, to: bar.end + beside });
    } else looked.delete(id);
    draw();
  };
  const hit = (event: Event) => {
    const label = (event.target as Element).closest('[data-bar]')?.getAttribute('data-bar');
    return label === null || label === undefined ? undefined : order[Number(label)];
  };
  frame.addEventListener('click', (event) => zoom(hit(event)));
  frame.addEventListener('pointerover', (event) => tell(hit(event)));
  frame.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, () => void>> = {
      ArrowRight: () => (at = Math.min(order.length - 1, at + 1)),
      ArrowLeft: () => (at = Math.max(0, at - 1)),
      ArrowDown: () => (at = nextLane(all, order, at, 1)),
      ArrowUp: () => (at = nextLane(all, order, at, -1)),
      Enter: () => zoom(order[at]),
      Escape: () => zoom(undefined),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
    const bar = order[at];
    chosen = bar ? keyOf(starts.get(bar)!) : '';
    draw();
    tell(order[at]);
  });
  draw();
  const whole = h(
    'button',
    { type: 'button', class: 'quiet', id: `whole-${id}`, onclick: () => zoom(undefined) },
    'Show the whole session',
  );
  return h('div', {}, frame, h('div', { class: 'line' }, told, whole));
}

const keyOf = ({ kind, name, start }: Part) => `${kind} ${name} ${start}`;

const barOf = ({ kind, name, plugin, start, end, ok }: Part, of: (t: number) => number): Bar => ({
  start: of(start),
  end: of(end),
  kind,
  name: named(name, plugin),
  label: `${named(name, plugin)}, ${time(end - start)}${ok === false ? ', failed' : ''}`,
  failed: ok === false,
});

/** In the neighbouring lane, finds the bar that is nearest in time. */
function nextLane(all: readonly Lane[], order: readonly Bar[], at: number, by: number): number {
  const bar = order[Math.max(0, at)]!;
  const lane = all[all.findIndex(({ bars }) => bars.includes(bar)) + by];
  if (!lane) return Math.max(0, at);
  const far = (other: Bar) => Math.abs(other.start + other.end - bar.start - bar.end);
  return order.indexOf(lane.bars.reduce((best, other) => (far(other) < far(best) ? other : best)));
}
