import type { cases as data } from '../../serve/views/cases.ts';
import { chart } from '../chart.ts';
import { h } from '../h.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import type { PageView } from '../view.ts';
import { number, time } from '../words.ts';

type Data = ReturnType<typeof data>;
type Case = Data['cases'][number];

/** The name and colour of each state of a case. */
const states: Readonly<Record<Case['state'], [name: string, tone: string]>> = {
  proved: ['proved', 'bad'],
  open: ['suspicion', 'open'],
  not_proved: ['not slower', 'good'],
  gone: ['gone', 'good'],
};

export const cases: PageView<Data> = {
  name: 'cases',
  title: 'Cases',
  about:
    'Slowdowns of the last 30 days. A case is only a suspicion until a measurement compares the version before the slowdown with the version after it.',
  spans: false,
  draw(into, { cases: all, looked_for, from }) {
    const of = (state: Case['state']) => all.filter((one) => one.state === state).length;
    into.append(
      tiles(
        tile('Proved', number(of('proved')), 'measured: slower', of('proved') > 0 ? 'bad' : ''),
        tile('Suspicions', number(of('open')), 'not measured yet', of('open') > 0 ? 'open' : ''),
        tile('Dismissed', number(of('not_proved')), 'measured: not slower'),
        tile('Gone', number(of('gone')), 'level back to normal'),
      ),
    );
    if (all.length === 0)
      into.append(
        section(
          'Cases',
          null,
          nothing(
            looked_for
              ? `No lasting slowdown since ${from}.`
              : 'The service does not look for slowdowns, because `analytics: regression_detection` in monitor.yaml is false.',
          ),
        ),
      );
    into.append(...all.map(card));
  },
};

function card(one: Case): HTMLElement {
  const { words, state, days, since, before, after, shift_pct, metric } = one;
  const [name, tone] = states[state];
  const level = (value: number, from: boolean) => days.map(([day]) => (day >= since === from ? value : null));
  return h(
    'section',
    { class: 'card half' },
    h('h2', {}, h('span', { class: `badge ${tone}` }, name), ' ', words.subject),
    h(
      'p',
      {},
      `${time(before)} → ${time(after)} `,
      h('b', { class: shift_pct > 0 ? 'bad' : 'good' }, `+${shift_pct.toFixed(0)} %`),
      ` since ${since}`,
      h('span', { class: 'soft' }, ` (${metric})`),
    ),
    h('p', { class: 'soft' }, `${words.changed} ${words.proof}`),
    chart({
      title: `Medians of ${words.subject} by day`,
      times: days.map(([day]) => Date.parse(day)),
      lines: [
        { label: 'median', values: days.map(([, median]) => median), colour: '--hook' },
        { label: 'before', values: level(before, false), colour: '--soft', dash: [4, 4] },
        { label: 'after', values: level(after, true), colour: '--bad', dash: [4, 4] },
      ],
      shown: time,
      height: 150,
    }),
    state === 'open' &&
      h(
        'p',
        { class: 'soft' },
        'To measure and compare the old and the new version, run ',
        h('code', {}, 'perf-gate monitor regressions --confirm'),
        '.',
      ),
  );
}
