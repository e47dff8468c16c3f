import type { Database } from '../store/driver.ts';
import { type Figures, figuresIn } from '../store/read.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A metric family, and which figures are its samples. */
type Family = {
  name: string;
  unit: string;
  help: string;
  /** From what is stored to the unit. */
  factor: number;
  /** Which metric of which figures; a counter gives its sum alone. */
  of: (figures: Figures) => boolean;
  type: 'summary' | 'counter';
  labels: (figures: Figures) => Record<string, string>;
};

const named = ({ kind, name, plugin, handler_hash }: Figures) => ({ kind, name, plugin, handler_hash });

const families: readonly Family[] = [
  {
    name: 'perf_gate_duration_seconds',
    unit: 'seconds',
    help: 'How long sessions, turns, models, tools, hooks and agents took. Quantiles: of the last 24 hours.',
    factor: 1e-3,
    of: ({ metric }) => metric === 'duration_ms',
    type: 'summary',
    labels: named,
  },
  {
    name: 'perf_gate_tokens',
    unit: '',
    help: 'Tokens of models.',
    factor: 1,
    of: ({ kind, metric }) => kind === 'model' && metric.endsWith('_tokens'),
    type: 'counter',
    labels: ({ name, metric }) => ({ model: name, type: metric.replace(/_tokens$/, '') }),
  },
  {
    name: 'perf_gate_cost_usd',
    unit: '',
    help: 'What models cost, as the client reckons it.',
    factor: 1,
    of: ({ kind, metric }) => kind === 'model' && metric === 'cost_usd',
    type: 'counter',
    labels: ({ name }) => ({ model: name }),
  },
];

/** Sums of all time, and quantiles of the last day, in the text format of OpenMetrics 1.0, which Prometheus reads. `now`: ms since 1970. */
export function openMetrics(db: Database, now: number): string {
  const all = figuresIn(db, { since: 0, until: now + 1 });
  const failed = all.filter((figures) => figures.metric === 'duration_ms' && figures.failed > 0);
  const recent = new Map(figuresIn(db, { since: now - DAY, until: now + 1 }).map((f) => [keyOf(f), f] as const));
  const lines = families.flatMap((family) => {
    const members = all.filter(family.of);
    return members.length === 0 ? [] : [...heading(family), ...members.flatMap((one) => samples(family, one, recent))];
  });
  const failures = failed.map((f) => `perf_gate_failures_total${labelled(named(f))} ${f.failed}`);
  const head = ['# TYPE perf_gate_failures counter', '# HELP perf_gate_failures How many of them failed.'];
  return [...lines, ...(failures.length > 0 ? [...head, ...failures] : []), '# EOF', ''].join('\n');
}

const keyOf = (f: Figures) => [f.kind, f.name, f.plugin, f.handler_hash, f.metric].join('\0');

const heading = ({ name, unit, help, type }: Family) => [
  `# TYPE ${name} ${type}`,
  ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]),
  `# HELP ${name} ${help}`,
];

function samples({ name, factor, type, labels }: Family, figures: Figures, recent: Map<string, Figures>): string[] {
  const of = labels(figures);
  if (type === 'counter') return [`${name}_total${labelled(of)} ${figures.sum * factor}`];
  const today = recent.get(keyOf(figures));
  const quantiles: [string, number][] = today
    ? [
        ['0.5', today.p50],
        ['0.95', today.p95],
      ]
    : [];
  return [
    ...quantiles.map(([quantile, value]) => `${name}${labelled({ ...of, quantile })} ${value * factor}`),
    `${name}_count${labelled(of)} ${figures.n}`,
    `${name}_sum${labelled(of)} ${figures.sum * factor}`,
  ];
}

function labelled(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`;
}
