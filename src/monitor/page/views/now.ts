import type { LiveEvent } from '../../serve/live.ts';
import type { now as data } from '../../serve/views/now.ts';
import { h } from '../h.ts';
import { dot, nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { PageView } from '../view.ts';
import { ago, clock, folder, kinds, named, number, time, usd } from '../words.ts';

type Data = ReturnType<typeof data>;

/** Lines of the list of news. */
const MOST_LINES = 40;

export const now: PageView<Data> = {
  name: 'now',
  title: 'Now',
  about: 'What sessions do at this moment, and what took long in the last quarter of an hour.',
  spans: false,
  kinds: [],
  draw(into, { now: at, sessions, slowest, events, day, holds }, page) {
    if (holds === 0) {
      into.append(empty());
      return;
    }
    into.append(
      tiles(
        tile('Live sessions', number(sessions.length), 'in the last 15 min'),
        tile('Hooks waited for', time(day.hook_ms), 'last 24 h'),
        tile('Tools', time(day.tool_ms), `${number(day.tools)} calls, ${number(day.tools_failed)} failed`),
        tile('Models', time(day.model_ms), 'last 24 h'),
        tile('Cost', usd(day.cost_usd), 'last 24 h'),
      ),
      section(
        'Sessions',
        null,
        sessions.length === 0
          ? nothing('No session told anything in the last 15 minutes.')
          : table(
              'Live sessions',
              [
                {
                  title: 'session',
                  cell: (row) =>
                    h(
                      'button',
                      { type: 'button', class: 'link', onclick: () => page.go('session', { id: row.session }) },
                      row.session.slice(0, 8),
                    ),
                },
                { title: 'project', cell: (row) => folder(row.project) },
                { title: 'last heard', cell: (row) => ago(at - row.last) },
                { title: 'events', cell: (row) => number(row.events), figure: true },
                { title: 'hooks', cell: (row) => time(row.hook_ms), figure: true },
                { title: 'tools', cell: (row) => time(row.tool_ms), figure: true },
                { title: 'models', cell: (row) => time(row.model_ms), figure: true },
                { title: 'failed', cell: (row) => (row.failed === 0 ? '' : number(row.failed)), figure: true },
              ],
              sessions,
            ),
      ),
      section(
        'Slowest lately',
        'The last 15 minutes.',
        slowest.length === 0
          ? nothing('Nothing took time.')
          : table(
              'Slowest lately',
              [
                { title: 'what', cell: (row) => h('span', {}, dot(row.kind), named(row.name, row.plugin)) },
                { title: 'kind', cell: (row) => kinds[row.kind] },
                { title: 'took', cell: (row) => time(row.duration_ms), figure: true },
                { title: 'ended', cell: (row) => clock(row.t) },
              ],
              slowest,
            ),
      ),
      section(
        'As it comes in',
        null,
        h(
          'ol',
          { class: 'news', id: 'news', tabindex: 0, 'aria-label': 'Newest events' },
          ...events.slice(0, MOST_LINES).map(line),
        ),
      ),
    );
  },
  live(into, events) {
    const list = into.querySelector('#news');
    if (!list) return;
    list.prepend(...[...events].reverse().slice(0, MOST_LINES).map(line));
    while (list.childElementCount > MOST_LINES) list.lastElementChild!.remove();
  },
};

const line = ({ t, kind, name, plugin, duration_ms, ok }: LiveEvent) =>
  h(
    'li',
    {},
    h('time', { datetime: new Date(t).toISOString() }, clock(t)),
    dot(kind),
    h('span', { class: 'soft' }, kinds[kind] ?? kind),
    h('span', { class: 'what' }, named(name, plugin)),
    h('span', { class: 'figure' }, duration_ms === null ? '' : time(duration_ms)),
    ok === false && h('b', { class: 'bad' }, 'failed'),
  );

const empty = () =>
  h(
    'section',
    { class: 'card' },
    h('h2', {}, 'Nothing was recorded yet'),
    h(
      'p',
      {},
      'In a terminal, ',
      h('code', {}, 'perf-gate monitor setup'),
      ' makes Claude Code tell this monitor of its sessions. Start a new session of Claude Code then: it reads its settings at its start.',
    ),
    h('p', {}, h('code', {}, 'perf-gate monitor import'), ' reads the transcripts of sessions that were.'),
    h('p', { class: 'soft' }, 'The page shows the first event as it comes in.'),
  );
