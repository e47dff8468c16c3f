import { h } from './h.ts';
import type { PageView } from './view.ts';
import { zone } from './words.ts';

/** The frame of the page: the parts around a view. */
export type Frame = {
  main: HTMLElement;
  /** Highlights the tab of a view and shows the view's description. */
  choose(view: PageView, hours: string): void;
  /** Shows that the page is `live`, or the reason why the page is not up to date. */
  state(kind: 'live' | 'lost' | 'slow', text: string): void;
};

const spans: Readonly<Record<string, string>> = {
  '24': '24 hours',
  '168': '7 days',
  '720': '30 days',
  '2160': '90 days',
};

type Heard = { view(name: string): void; hours(hours: string): void };

/** Builds the frame: a link to skip the navigation, the state of the connection, the tabs, and the choice of the time span. Called once. */
export function frame(views: readonly PageView[], heard: Heard): Frame {
  const state = h('p', { class: 'state lost', role: 'status' }, 'connecting');
  const about = h('p', { class: 'soft about' });
  const select = h(
    'select',
    { id: 'span', onchange: () => heard.hours(select.value) },
    ...Object.entries(spans).map(([value, text]) => h('option', { value }, text)),
  );
  const span = h('label', { class: 'span' }, 'Last ', select);
  const tabs = views.map(({ name, title }) =>
    h(
      'button',
      { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'view', onclick: () => heard.view(name) },
      title,
    ),
  );
  const list = h(
    'div',
    { role: 'tablist', 'aria-label': 'Views', class: 'tabs', onkeydown: (e) => arrows(e as KeyboardEvent, tabs) },
    ...tabs,
  );
  const main = h('div', { id: 'view', class: 'view', role: 'tabpanel', tabindex: -1 });
  document.body.append(
    h(
      'a',
      {
        class: 'skip',
        href: '#view',
        onclick: (event) => {
          event.preventDefault();
          main.focus();
        },
      },
      'Skip to the figures',
    ),
    h('header', {}, h('h1', {}, 'perf-gate ', h('span', {}, 'monitor')), state),
    h('nav', {}, list),
    h('main', {}, h('div', { class: 'line' }, about, span), main),
    h('footer', {}, `Times are in your time zone, ${zone}. This page connects to 127.0.0.1 only.`),
  );
  return {
    main,
    choose(view, hours) {
      for (const [i, tab] of tabs.entries()) {
        const chosen = views[i] === view;
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        if (chosen) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
      main.setAttribute('aria-labelledby', `tab-${view.name}`);
      about.textContent = view.about;
      span.hidden = !view.spans;
      select.value = hours;
      document.title = `${view.title} · perf-gate monitor`;
    },
    state(kind, text) {
      if (state.textContent === text) return;
      state.className = `state ${kind}`;
      state.textContent = text;
    },
  };
}

/**
 * Handles keys in the tabs. The left and right arrow keys move to the neighbouring tab. The first tab follows the last tab. Home and End
 * move to the first and the last tab.
 */
function arrows(event: KeyboardEvent, tabs: readonly HTMLElement[]): void {
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const tab = tabs[(to + tabs.length) % tabs.length]!;
  tab.focus();
  tab.click();
}
