import type { alerts as data } from '../../serve/views/alerts.ts';
import { h } from '../h.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { Page, PageView } from '../view.ts';
import { moment, number } from '../words.ts';

type Data = ReturnType<typeof data>;
type Alert = Data['alerts'][number];

/** The durations that the user can choose for a silence, in hours. */
const lengths: readonly [number, string][] = [
  [2, '2 h'],
  [12, '12 h'],
  [168, '7 days'],
];

const states: Readonly<Record<Data['rules'][number]['state'], [words: string, tone: string]>> = {
  firing: ['fires', 'bad'],
  pending: ['about to fire', 'open'],
  no_data: ['no data any more', 'open'],
  quiet: ['quiet', 'good'],
  never_seen: ['no data yet', ''],
};

export const alerts: PageView<Data> = {
  name: 'alerts',
  title: 'Alerts',
  about: 'Alerts that fire, as of the last evaluation of the rules. The service evaluates the rules every 15 s.',
  spans: false,
  draw(into, found, page) {
    const { alerts: all, rules, silences, ended, enabled, looked } = found;
    const loud = all.filter(({ quiet }) => quiet === null);
    into.append(
      tiles(
        tile('Firing', number(loud.length), 'not silenced', loud.length > 0 ? 'bad' : 'good'),
        tile('Muted', number(all.length - loud.length), 'silenced or inhibited'),
        tile(
          'Last evaluation',
          looked === null ? '–' : moment(Date.parse(looked)),
          enabled ? '' : 'alerting is disabled',
        ),
      ),
      section(
        'Firing',
        page.mayWrite
          ? null
          : 'To silence rules on this page, open it with the address that `perf-gate monitor status` prints.',
        all.length === 0
          ? nothing('No alert fires.')
          : h('div', { class: 'alerts' }, ...all.map((one) => firing(one, page))),
      ),
      rulesTable(rules),
    );
    if (silences.length > 0)
      into.append(
        section(
          'Silences',
          null,
          table(
            'Silences',
            [
              { title: 'rule', cell: ({ rule }) => rule ?? 'all rules' },
              { title: 'labels', cell: ({ labels }) => labelsText(labels) },
              { title: 'until', cell: ({ until }) => moment(Date.parse(until)) },
              { title: 'why', cell: ({ reason }) => reason },
            ],
            silences,
          ),
        ),
      );
    if (ended.length > 0) into.append(history(ended));
  },
};

function firing(alert: Alert, page: Page): HTMLElement {
  const { rule, summary, severity, began, quiet } = alert;
  const told = h('span', { class: 'soft', role: 'status' });
  const silence = async (hours: number) => {
    const problem = await page.write('silence', { rule, hours, reason: 'from the page' });
    if (problem !== null) told.textContent = problem;
  };
  const buttons = lengths.map(([hours, text]) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        id: `silence-${rule}-${hours}`,
        disabled: !page.mayWrite,
        'aria-label': `Silence ${rule} for ${text}`,
        onclick: () => void silence(hours),
      },
      text,
    ),
  );
  return h(
    'div',
    { class: 'alert' },
    h('h3', {}, h('span', { class: `badge ${severity === 'critical' ? 'bad' : 'open'}` }, severity), ' ', summary),
    h('p', { class: 'soft' }, `${rule}, since ${moment(began)}${quietText(quiet)}`),
    quiet === null && h('p', { class: 'buttons' }, h('span', { class: 'soft' }, 'Silence for '), ...buttons, told),
  );
}

function quietText(quiet: Alert['quiet']): string {
  if (quiet === null) return '';
  return quiet.by === 'silence'
    ? `; silenced until ${moment(Date.parse(quiet.until))}`
    : `; inhibited while ${quiet.rule} fires`;
}

const labelsText = (labels: Readonly<Record<string, string | undefined>>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

const rulesTable = (rules: Data['rules']) =>
  section(
    'Rules',
    null,
    table(
      'Rules',
      [
        { title: 'rule', cell: ({ rule }) => rule },
        {
          title: 'state',
          cell: ({ state }) => h('span', { class: `badge ${states[state][1]}` }, states[state][0]),
        },
        { title: 'last data', cell: ({ seen }) => (seen === null ? 'never' : moment(Date.parse(seen))) },
      ],
      rules,
      30,
    ),
  );

const history = (ended: Data['ended']) =>
  section(
    'Ended in the last 7 days',
    null,
    table(
      'Alerts that ended',
      [
        { title: 'alert', cell: ({ summary }) => summary },
        { title: 'severity', cell: ({ severity }) => severity },
        { title: 'from', cell: ({ began }) => moment(began) },
        { title: 'to', cell: (alert) => (alert.ended === null ? '' : moment(alert.ended)) },
      ],
      ended,
    ),
  );
