import type { LiveEvent } from '../../serve/live.ts';
import { onlyTimed } from '../../serve/only-timed.ts';
import type { now as data } from '../../serve/views/now.ts';
import { h } from '../h.ts';
import { type Lane, lanes } from '../lanes.ts';
import { dot, legend, nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { Page, PageView } from '../view.ts';
import { ago, clock, folder, kinds, named, number, time, usd } from '../words.ts';

type Data = ReturnType<typeof data>;

/** The list of new events has at most this number of lines. */
const MOST_LINES = 60;

export const now: PageView<Data> = {
  name: 'now',
  title: 'Now',
  about: 'The current activity of sessions, and the slowest steps of the last 15 minutes.',
  spans: false,
  eager: true,
  draw(into, found, page) {
    if (!found.holds) {
      into.append(empty());
      return;
    }
    const { sessions, events, day } = found;
    into.append(
      tiles(
        tile('Live sessions', number(sessions.length), 'last 15 min'),
        tile('Hook waits', time(day.hook_ms), 'last 24 h'),
        tile(
          'Tool time',
          time(day.tool_ms),
          `last 24 h: ${number(day.tools)} calls, ${number(day.tools_failed)} failed`,
        ),
        tile('Model time', time(day.model_ms), 'last 24 h'),
        tile('Cost', usd(day.cost_usd), 'last 24 h'),
      ),
      section('The last 15 minutes', null, ...timeline(found)),
      ...(sessions.length > 0 ? [sessionsTable(found, page)] : []),
      slowest(found),
      h(
        'section',
        { class: 'card half' },
        h('h2', {}, 'New events'),
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
    const news = events.filter(({ kind, duration_ms }) => duration_ms !== null || !onlyTimed.includes(kind));
    list.prepend(...news.reverse().slice(0, MOST_LINES).map(line));
    while (list.childElementCount > MOST_LINES) list.lastElementChild!.remove();
  },
};

/** A picture with one lane for each session. Single hooks are left out, because they overlap the wait for their hook event. */
function timeline({ now: at, since, sessions, events }: Data): HTMLElement[] {
  if (sessions.length === 0) return [nothing('No session was active. The next event will appear here automatically.')];
  const shown = events.filter(({ kind, duration_ms }) => !['hook', 'turn'].includes(kind) && (duration_ms ?? 0) > 0);
  const all = sessions.map(
    ({ session, project }): Lane => ({
      name: `${session.slice(0, 8)} ${folder(project)}`,
      bars: shown
        .filter((event) => event.session === session)
        .map(({ t, duration_ms, kind, name, plugin, ok }) => ({
          start: t - duration_ms!,
          end: t,
          kind,
          name: named(name, plugin),
          label: `${named(name, plugin)}, ${time(duration_ms)}${ok === false ? ', failed' : ''}`,
          failed: ok === false,
        })),
    }),
  );
  const ticks = [0, 1, 2, 3, 4, 5].map((i) => ({ at: i / 5, text: i === 5 ? 'now' : `−${15 - 3 * i} min` }));
  return [
    lanes({ lanes: all, from: since, to: at, height: 10, ticks, named: false }),
    legend(['model', 'tool', 'hook', 'agent', 'permission'], true),
  ];
}

const sessionsTable = ({ now: at, sessions }: Data, page: Page) =>
  section(
    'Sessions',
    null,
    table(
      'Live sessions',
      [
        {
          title: 'session',
          cell: ({ session }) =>
            h(
              'button',
              { type: 'button', class: 'link', id: `s-${session}`, onclick: () => page.go('session', { id: session }) },
              session.slice(0, 8),
            ),
        },
        { title: 'project', cell: ({ project }) => folder(project) },
        { title: 'last event', cell: ({ last }) => ago(at - last) },
        { title: 'events', cell: ({ events }) => number(events), figure: true },
        { title: 'hooks', cell: ({ hook_ms }) => time(hook_ms), figure: true },
        { title: 'tools', cell: ({ tool_ms }) => time(tool_ms), figure: true },
        { title: 'models', cell: ({ model_ms }) => time(model_ms), figure: true },
        { title: 'failed', cell: ({ failed }) => (failed === 0 ? '' : number(failed)), figure: true },
      ],
      sessions,
    ),
  );

const slowest = ({ slowest: rows }: Data) =>
  h(
    'section',
    { class: 'card half' },
    h('h2', {}, 'Slowest in the last 15 minutes'),
    rows.length === 0
      ? nothing('No durations were recorded.')
      : table(
          'Slowest in the last 15 minutes',
          [
            { title: 'what', cell: ({ kind, name, plugin }) => h('span', {}, dot(kind), named(name, plugin)) },
            { title: 'kind', cell: ({ kind }) => kinds[kind] },
            { title: 'took', cell: ({ duration_ms }) => time(duration_ms), figure: true },
            { title: 'ended', cell: ({ t }) => clock(t), figure: true },
          ],
          rows,
        ),
  );

const line = ({ t, kind, name, plugin, duration_ms, ok }: LiveEvent) =>
  h(
    'li',
    {},
    h('time', { datetime: new Date(t).toISOString() }, clock(t)),
    dot(kind),
    h('span', { class: 'soft kind' }, kinds[kind] ?? kind),
    h('span', { class: 'what' }, named(name, plugin)),
    ok === false && h('b', { class: 'bad' }, 'failed'),
    h('span', { class: 'figure' }, duration_ms === null ? '' : time(duration_ms)),
  );

const empty = () =>
  section(
    'Nothing was recorded yet',
    null,
    h(
      'p',
      {},
      'To make Claude Code send its telemetry to this monitor, run ',
      h('code', {}, 'perf-gate monitor setup'),
      ' in a terminal. Then start a new session of Claude Code, because running sessions do not read the changed settings.',
    ),
    h('p', {}, 'To read the transcripts of earlier sessions, run ', h('code', {}, 'perf-gate monitor import'), '.'),
    h('p', { class: 'soft' }, 'The first event will appear here automatically.'),
  );
