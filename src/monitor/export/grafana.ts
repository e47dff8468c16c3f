import { type Panel, type Section, sections } from './panels.ts';

/** The version of the classic dashboard schema in Grafana 11. Later versions of Grafana convert such a dashboard on import. */
const SCHEMA_VERSION = 39;

/** The number of columns of a dashboard. */
const COLUMNS = 24;
/** The height of each type of panel, in rows of Grafana's grid. */
const HEIGHT = { stat: 4, timeseries: 8 } as const;

const datasource = { type: 'prometheus', uid: '$datasource' };

/**
 * A Grafana dashboard for a Prometheus server that scrapes the monitor. The user selects the Prometheus server and the machines in Grafana.
 */
export const grafanaDashboard = () => ({
  uid: 'perf-gate-monitor',
  title: 'perf-gate monitor',
  description: 'Times and costs of Claude Code sessions: hooks, tools, models, and machine resources.',
  tags: ['perf-gate'],
  schemaVersion: SCHEMA_VERSION,
  version: 1,
  editable: true,
  graphTooltip: 1,
  refresh: '30s',
  timezone: 'browser',
  time: { from: 'now-24h', to: 'now' },
  annotations: { list: [] },
  links: [],
  templating: {
    list: [
      { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', refresh: 1 },
      {
        name: 'instance',
        label: 'Machine',
        type: 'query',
        datasource,
        query: { query: 'label_values(perf_gate_cases, instance)', refId: 'instance' },
        refresh: 2,
        sort: 1,
        multi: true,
        includeAll: true,
        allValue: '.*',
        current: { selected: true, text: ['All'], value: ['$__all'] },
      },
    ],
  },
  panels: placed(sections),
});

type Place = { x: number; y: number; w: number; h: number };

/** Places the panels of each section below the section's heading, next to each other, in as many lines as needed. */
function placed(all: readonly Section[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const { title, panels: some } of all) {
    const gridPos: Place = { x: 0, y, w: COLUMNS, h: 1 };
    panels.push({ id: panels.length + 1, type: 'row', title, collapsed: false, gridPos, panels: [] });
    y += 1;
    let x = 0;
    for (const panel of some) {
      const h = HEIGHT[panel.type];
      if (x + panel.width > COLUMNS) {
        x = 0;
        y += h;
      }
      panels.push(panelAt(panel, panels.length + 1, { x, y, w: panel.width, h }));
      x += panel.width;
    }
    y += HEIGHT[some.at(-1)!.type];
  }
  return panels;
}

const panelAt = ({ title, type, unit, queries }: Panel, id: number, gridPos: Place) => ({
  id,
  type,
  title,
  datasource,
  gridPos,
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  options:
    type === 'stat'
      ? { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, graphMode: 'area' }
      : {
          legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['lastNotNull'] },
          tooltip: { mode: 'multi', sort: 'desc' },
        },
  targets: queries.map(([expr, legend], nth) => ({
    refId: String.fromCharCode(65 + nth),
    datasource,
    expr,
    legendFormat: legend,
    range: true,
  })),
});
