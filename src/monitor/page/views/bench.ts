import type { BenchSeries, bench as data } from '../../serve/views/bench.ts';
import { chart } from '../chart.ts';
import { h } from '../h.ts';
import { nothing, section } from '../parts.ts';
import type { PageView } from '../view.ts';
import { moment } from '../words.ts';

type Data = ReturnType<typeof data>;

export const bench: PageView<Data> = {
  name: 'bench',
  title: 'Benchmarks',
  about: 'Benchmarks by commit, with their confidence intervals and level shifts.',
  spans: true,
  draw(into, { series }) {
    if (series.length === 0)
      into.append(section('Benchmarks', null, nothing('No benchmark was recorded in this time.')));
    for (const one of series) into.append(card(one));
  },
};

function card({ name, unit, lower_is_better, points, change }: BenchSeries): HTMLElement {
  const shown = (value: number) => `${Number(value.toPrecision(4))} ${unit}`.trim();
  const hasInterval = points.some(({ low, high }) => low !== null && high !== null);
  const line = (of: 'low' | 'high') => ({
    ...{ label: `95 %, ${of}`, colour: '--other', dash: [2, 3] },
    values: points.map((point) => point[of]),
  });
  const better = lower_is_better ? 'Lower is better.' : 'Higher is better.';
  return section(
    name,
    `${better} Each point is a commit. The line below the chart names the commit at the pointer.`,
    change
      ? h(
          'p',
          {},
          h('b', { class: change.worse ? 'bad' : 'good' }, change.worse ? 'Worse' : 'Better'),
          ` since ${change.commit} (${moment(change.t)}): ${shown(change.before)} → ${shown(change.after)}, p = ${change.p.toPrecision(2)}.`,
        )
      : h('p', { class: 'soft' }, 'No significant level shift.'),
    chart({
      title: name,
      times: points.map(({ t }) => t),
      names: points.map(({ commit }) => commit),
      lines: [
        { label: 'value', colour: '--model', values: points.map(({ value }) => value) },
        { label: 'level', colour: '--hook', dash: [7, 4], values: points.map(({ level }) => level) },
        ...(hasInterval ? [line('low'), line('high')] : []),
      ],
      shown,
    }),
  );
}
