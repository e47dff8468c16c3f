/** A metric family of OpenMetrics. The suffix of a sample is `_total` for a counter, and `_sum` or `_count` for a summary. */
export type Family = {
  name: string;
  type: 'summary' | 'counter' | 'gauge';
  /** The unit, if the last word of the metric's name is a unit. */
  unit?: string;
  help: string;
  samples: readonly Sample[];
};

export type Sample = { suffix?: '_total' | '_sum' | '_count'; labels: Labels; value: number };

type Labels = Readonly<Record<string, string>>;

/** Metric families in the text format of OpenMetrics 1.0; families without samples are left out. */
export const exposition = (families: readonly Family[]): string =>
  [...families.filter(({ samples }) => samples.length > 0).flatMap(linesOf), '# EOF', ''].join('\n');

const linesOf = ({ name, type, unit, help, samples }: Family): string[] => [
  `# TYPE ${name} ${type}`,
  ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
  `# HELP ${name} ${help}`,
  ...samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labelled(labels)} ${value}`),
];

/** Formats labels. An empty label is left out, because in OpenMetrics it means the same as no label. */
function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  return pairs.length === 0 ? '' : `{${pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
