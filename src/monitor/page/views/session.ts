import type { session as data, Part } from '../../serve/views/session.ts';
import { h } from '../h.ts';
import { icicle } from '../icicle.ts';
import { legend, nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { Page, PageView } from '../view.ts';
import { clock, folder, kinds, moment, named, number, time } from '../words.ts';

type Data = ReturnType<typeof data>;

export const session: PageView<Data> = {
  name: 'session',
  title: 'Sessions',
  about: 'One session over time: its turns, with their models, tools, hooks and agents.',
  spans: false,
  draw(into, found, page) {
    const { sessions, id, parts, left_out } = found;
    if (id === null) {
      into.append(section('Sessions', null, nothing('No session is known yet.')));
      return;
    }
    into.append(picker(found, page), h('div', { class: 'rest stack' }, ...shown(found)));
    if (left_out)
      into.append(h('p', { class: 'soft' }, `Only the newest ${number(parts.length)} activities are shown.`));
    else if (!sessions.some((one) => one.session === id))
      into.append(h('p', { class: 'soft' }, 'This session is not in the list of the newest sessions.'));
  },
};

function picker({ sessions, id }: Data, page: Page): HTMLElement {
  const items = sessions.map(({ session: name, project, first, last }) =>
    h(
      'button',
      {
        type: 'button',
        id: `pick-${name}`,
        'aria-current': name === id ? 'true' : false,
        onclick: () => page.set('id', name),
      },
      h('b', {}, moment(first)),
      h('span', {}, folder(project) || name.slice(0, 8)),
      h('span', { class: 'soft' }, `${name.slice(0, 8)}, ${time(last - first)}`),
    ),
  );
  return h('section', { class: 'card third' }, h('h2', {}, 'Sessions'), h('div', { class: 'picker scroll' }, ...items));
}

function shown({ id, parts }: Data): HTMLElement[] {
  if (parts.length === 0)
    return [
      section(
        'Session',
        null,
        nothing(
          'The single events of this session were deleted after their retention time, or no event has a duration.',
        ),
      ),
    ];
  const of = (...wanted: Part['kind'][]) => parts.filter(({ kind }) => wanted.includes(kind));
  const sum = (some: readonly Part[]) => some.reduce((all, { start, end }) => all + end - start, 0);
  const turns = of('turn');
  return [
    tiles(
      tile('Turns', number(turns.length), time(sum(turns))),
      tile('Models', time(sum(of('model'))), `${number(of('model').length)} requests`),
      tile('Tools', time(sum(of('tool'))), `${number(of('tool').length)} calls`),
      tile('Waits for hooks', time(sum(of('hook_event'))), `${number(of('hook_event').length)} waits`),
    ),
    section(
      `Session ${id!.slice(0, 8)}`,
      'Pauses of more than 20 s are cut out. The arrow keys move between activities. Enter or a click zooms to one activity, Escape shows the whole session.',
      icicle(id!, parts),
      legend(['turn', 'model', 'tool', 'hook', 'agent'], true),
    ),
    section('Longest activities', null, longest(parts)),
  ];
}

const longest = (parts: readonly Part[]) =>
  table(
    'Longest activities of the session',
    [
      { title: 'what', cell: ({ name, plugin }) => named(name, plugin) },
      { title: 'kind', cell: ({ kind }) => kinds[kind] },
      { title: 'took', cell: ({ start, end }) => time(end - start), figure: true },
      { title: 'began', cell: ({ start }) => clock(start), figure: true },
      { title: '', cell: ({ ok }) => (ok === false ? h('b', { class: 'bad' }, 'failed') : '') },
    ],
    parts.filter(({ kind }) => kind !== 'turn').sort((a, b) => b.end - b.start - (a.end - a.start)),
    8,
  );
