import { DAY } from '../../core/time.ts';
import type { Alert } from '../alerts/alert.ts';
import { severities } from '../alerts/rule.ts';
import { firingIn } from '../store/alerts.ts';
import { casesIn } from '../store/cases.ts';
import type { Database } from '../store/driver.ts';
import { type Figures, figuresIn } from '../store/read.ts';
import { type Total, totalsIn } from '../store/totals.ts';
import { exposition, type Sample } from './exposition.ts';
import { resourcesNow } from './resources-now.ts';

/** A series without an event in this time (in ms) is left out, so that old names do not accumulate. */
const SEEN_MS = 30 * DAY;
/**
 * At most this number of series with durations are exported, those with the largest sums. A project may have thousands of test suites.
 */
const MOST_THINGS = 1000;

/**
 * The metrics of the monitor in the text format of OpenMetrics 1.0: all-time sums, percentiles of the last day, and current values. All
 * versions of a handler form one series. `now`: ms since 1970.
 */
export function openMetrics(db: Database, now: number): string {
  const totals = totalsIn(db, now - SEEN_MS);
  const ofModels = totals.filter(({ kind }) => kind === 'model');
  const times = totals.filter(({ metric }) => metric === 'duration_ms').slice(0, MOST_THINGS);
  const firing = firingIn(db);
  const cases = casesIn(db);
  return exposition([
    {
      name: 'perf_gate_duration_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Duration of sessions, turns, models, tools, hooks, agents and tests. Quantiles cover the last 24 hours.',
      samples: durations(
        times,
        figuresIn(db, { since: now - DAY, until: now + 1 }, { metric: 'duration_ms', together: true }),
      ),
    },
    {
      name: 'perf_gate_failures',
      type: 'counter',
      help: 'Number of failed turns, models, tools, hooks, agents and tests.',
      samples: times.map((one) => total(named(one), one.failed)),
    },
    {
      name: 'perf_gate_tokens',
      type: 'counter',
      help: 'Tokens by model and type.',
      samples: ofModels
        .filter(({ metric }) => metric.endsWith('_tokens'))
        .map(({ name, metric, sum }) => total({ model: name, type: metric.replace(/_tokens$/, '') }, sum)),
    },
    {
      name: 'perf_gate_cost_usd',
      type: 'counter',
      help: 'Cost by model, as the client computes it.',
      samples: ofModels
        .filter(({ metric }) => metric === 'cost_usd')
        .map(({ name, sum }) => total({ model: name }, sum)),
    },
    {
      name: 'perf_gate_alerts_firing',
      type: 'gauge',
      help: 'Number of firing alerts by severity.',
      samples: severities.map((severity) => ({
        labels: { severity },
        value: firing.filter((one) => one.severity === severity).length,
      })),
    },
    {
      name: 'perf_gate_alert_firing',
      type: 'gauge',
      help: 'Number of firing alerts by rule and severity, if above 0.',
      samples: rulesOf(firing),
    },
    {
      name: 'perf_gate_cases',
      type: 'gauge',
      help: 'Number of cases by state: open (suspected), proved or not_proved (by a measurement), gone (back to normal).',
      samples: (['open', 'proved', 'not_proved', 'gone'] as const).map((state) => ({
        labels: { state },
        value: cases.filter((one) => one.state === state).length,
      })),
    },
    ...resourcesNow(db, now),
  ]);
}

const named = ({ kind, name, plugin }: Pick<Total, 'kind' | 'name' | 'plugin'>) => ({ kind, name, plugin });

const total = (labels: Sample['labels'], value: number): Sample => ({ suffix: '_total', labels, value });

function durations(totals: readonly Total[], lately: readonly Figures[]): Sample[] {
  const keyOf = (of: Pick<Total, 'kind' | 'name' | 'plugin'>) => [of.kind, of.name, of.plugin].join('\0');
  const today = new Map(lately.map((figures) => [keyOf(figures), figures]));
  return totals.flatMap((one): Sample[] => {
    const labels = named(one);
    const figures = today.get(keyOf(one));
    const quantiles = figures
      ? ([
          ['0.5', figures.p50],
          ['0.95', figures.p95],
        ] as const)
      : [];
    return [
      ...quantiles.map(([quantile, ms]) => ({ labels: { ...labels, quantile }, value: ms / 1000 })),
      { suffix: '_count', labels, value: one.n },
      { suffix: '_sum', labels, value: one.sum / 1000 },
    ];
  });
}

function rulesOf(firing: readonly Alert[]): Sample[] {
  const names = [...new Set(firing.map(({ rule }) => rule))];
  return names.flatMap((rule) =>
    severities.flatMap((severity) => {
      const value = firing.filter((one) => one.rule === rule && one.severity === severity).length;
      return value > 0 ? [{ labels: { rule, severity }, value }] : [];
    }),
  );
}
