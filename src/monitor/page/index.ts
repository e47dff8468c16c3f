import type { LiveEvent } from '../serve/live.ts';
import { addressOf, hashOf, takeToken } from './address.ts';
import { connect } from './connection.ts';
import { frame } from './frame.ts';
import { h } from './h.ts';
import type { Page, PageView } from './view.ts';
import { views } from './views.ts';

/** The script of the page: shows a view and keeps the view up to date. */

let token = takeToken();
let view: PageView = views[0]!;
/**
 * The least time between two requests for data, in ms. The default applies until the service sends the configured
 * `dashboard.refresh_interval`.
 */
let refresh = 5000;
/** The time from an event to the request for data, in ms, for views with `eager`. */
const SOON_MS = 1000;
/** The interval of requests for data while no events arrive, in ms. Without events, alerts can still change, and the time span moves on. */
const QUIET_MS = 15_000;
/** While a measurement runs on this machine, the interval of requests for data is multiplied by this factor. */
const MEASURING_FACTOR = 6;
let measuring = false;
let timer: number | undefined;
/** Whether data is being loaded. Only one load runs at a time. */
let loading = false;
let stale = false;
/** The data that was drawn last, so that equal data is not drawn again. */
let drawn = '';
/** The time since data was last loaded, in ms. */
let waited = 0;
let news = false;

const around = frame(views, {
  view: (name) => go(name, {}),
  hours: (hours) => page.set('hours', hours),
});

const page: Page = {
  get: (name) => addressOf(location.hash).words.get(name),
  set(name, value) {
    const { words } = addressOf(location.hash);
    words.set(name, value);
    location.hash = hashOf({ view: view.name, words });
  },
  go,
  write,
  get mayWrite() {
    return token !== null;
  },
};

function go(name: string, words: Readonly<Record<string, string>>): void {
  const hours = page.get('hours');
  location.hash = hashOf({
    view: name,
    words: new URLSearchParams({ ...(hours === null ? {} : { hours }), ...words }),
  });
}

/** Shows the view that is named in the address, and loads the view's data. */
function route(): void {
  token = takeToken();
  const { view: name } = addressOf(location.hash);
  const chosen = views.find((one) => one.name === name) ?? views[0]!;
  if (chosen !== view) {
    around.main.replaceChildren(h('p', { class: 'nothing' }, 'Loading …'));
    drawn = '';
  }
  view = chosen;
  around.choose(view, page.get('hours') ?? '168');
  void load();
}

async function load(): Promise<void> {
  if (loading) {
    stale = true;
    return;
  }
  loading = true;
  clearTimeout(timer);
  timer = undefined;
  news = false;
  waited = 0;
  const asked = view;
  const { words } = addressOf(location.hash);
  try {
    const answer = await fetch(`/api/${asked.name}?${words}`);
    const text = await answer.text();
    const data = JSON.parse(text) as { error?: string };
    if (!answer.ok) throw new Error(data.error ?? answer.statusText);
    if (asked === view && withoutTimes(text) !== drawn) {
      draw(data);
      drawn = withoutTimes(text);
    }
  } catch (error) {
    if (asked === view && around.main.querySelector('.card, .tiles') === null)
      around.main.replaceChildren(
        h('p', { class: 'nothing' }, `The data could not be loaded: ${(error as Error).message}`),
      );
  }
  loading = false;
  if (stale || asked !== view) {
    stale = false;
    void load();
  } else later();
}

/** Removes the time span from a response of the server, because the time span changes even if the data does not. */
const withoutTimes = (text: string) => text.replace(/"(?:since|until)":"[^"]*"/g, '');

/** Redraws the view. The focus, the open `details` elements and the scroll positions are kept. */
function draw(data: unknown): void {
  const focused = document.activeElement?.id ?? '';
  const open = [...around.main.querySelectorAll('details[open]')].map(({ id }) => id);
  const scrolled = [...around.main.querySelectorAll('.scroll, .news')].map(({ scrollLeft, scrollTop }) => [
    scrollLeft,
    scrollTop,
  ]);
  const into = h('div');
  view.draw(into, data as never, page);
  for (const id of open) into.querySelector(`[id="${CSS.escape(id)}"]`)?.setAttribute('open', '');
  around.main.replaceChildren(...into.childNodes);
  for (const [i, element] of [...around.main.querySelectorAll('.scroll, .news')].entries())
    element.scrollTo(scrolled[i]?.[0] ?? 0, scrolled[i]?.[1] ?? 0);
  if (focused !== '' && document.activeElement === document.body)
    (document.getElementById(focused) ?? around.main).focus({ preventScroll: true });
}

/**
 * Checks after `ms` whether to load the data again. While the page is hidden, no data is loaded. While no events arrive, data is loaded
 * rarely.
 */
function later(ms = measuring ? refresh * MEASURING_FACTOR : refresh): void {
  timer ??= window.setTimeout(() => {
    timer = undefined;
    waited += ms;
    if (document.visibilityState === 'visible' && (news || waited >= QUIET_MS)) void load();
    else later();
  }, ms);
}

function stored(events: readonly LiveEvent[]): void {
  news = true;
  if (document.visibilityState !== 'visible') return;
  view.live?.(around.main, events);
  if (!view.eager || measuring || loading) return;
  clearTimeout(timer);
  timer = undefined;
  later(SOON_MS);
}

async function write(path: string, value: unknown): Promise<string | null> {
  try {
    const answer = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-perf-gate-token': token ?? '' },
      body: JSON.stringify(value),
    });
    if (!answer.ok) return ((await answer.json()) as { error: string }).error;
    void load();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

connect({
  stored,
  missed: () => void load(),
  pace(pace) {
    refresh = pace.refresh_ms;
    measuring = pace.measuring !== null;
    if (pace.measuring === null) around.state('live', 'live');
    else around.state('slow', `a measurement is running (${pace.measuring}): updates every ${pace.every_ms / 1000} s`);
  },
  state: (state) => {
    if (state === 'lost') around.state('lost', 'connection lost, trying again');
  },
});
// If the colour scheme changes, all charts are drawn again, because drawn charts keep the old colours.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  drawn = '';
  void load();
});
addEventListener('hashchange', route);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void load());
route();
