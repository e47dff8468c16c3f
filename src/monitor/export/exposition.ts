/** A metric family. `suffix` of a sample: `_total` for a counter, `_sum` and `_count` for a summary, else absent. */
export type Family = {
  name: string;
  type: 'summary' | 'counter' | 'gauge';
  /** The last word of the name, if it is a unit. */
  unit?: string;
  help: string;
  samples: readonly Sample[];
};

export type Sample = { suffix?: '_total' | '_sum' | '_count'; labels: Labels; value: number };

type Labels = Readonly<Record<string, string>>;

/** Families in the text format of OpenMetrics 1.0; those without samples are left out. */
export const exposition = (families: readonly Family[]): string =>
  [...families.filter(({ samples }) => samples.length > 0).flatMap(linesOf), '# EOF', ''].join('\n');

const linesOf = ({ name, type, unit, help, samples }: Family): string[] => [
  `# TYPE ${name} ${type}`,
  ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
  `# HELP ${name} ${help}`,
  ...samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labelled(labels)} ${value}`),
];

/** In OpenMetrics, an empty label is the same as an absent one. */
function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  return pairs.length === 0 ? '' : `{${pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
