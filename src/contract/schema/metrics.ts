import * as z from 'zod';
import { counters } from '../../measure/sources/counters.ts';
import type { Field, MappedSource } from '../../measure/sources/source.ts';
import { isExact, mappedSources, namedSources, type Source, unitOf } from '../../measure/sources/sources.ts';
import { name, text } from './text.ts';

function fieldSchema(field: Field) {
  if ('is' in field) return z.literal(field.is);
  const base = 'oneOf' in field ? z.enum(field.oneOf) : text;
  const meta = { description: field.about, ...(field.example === undefined ? {} : { examples: [field.example] }) };
  if ('optional' in field) return base.exactOptional().meta(meta);
  return 'default' in field ? base.default(field.default as never).meta(meta) : base.meta(meta);
}

function mappingSchema({ about, fields }: Pick<MappedSource, 'about' | 'fields'>) {
  const shape = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldSchema(field)]));
  return z.strictObject(shape).meta({ description: about });
}

const isPrinted = ({ fields }: Pick<MappedSource, 'fields'>) => 'stdout' in fields;

const printed = z.discriminatedUnion('stdout', mappedSources.filter(isPrinted).map(mappingSchema) as never).meta({
  description:
    'A number that the command prints: in JSON, in a text that a pattern matches, or in a line `METRIC p95=12.3`.',
  examples: [{ stdout: 'json', key: 'latency.p95' }],
});

const counted = Object.keys(counters).map((counter) => `\`${counter}\``);

const source = z
  .union([
    z.enum(Object.keys(namedSources)),
    printed,
    ...mappedSources.filter((row) => !isPrinted(row)).map(mappingSchema),
  ])
  .meta({
    description: `The source of the number: the name of a built-in measurement, or a mapping that says how to read the number from the program’s output or files. Times are in ms, memory in KB and sizes in bytes, unless \`unit\` says otherwise. ${counted.join(' and ')} need a separate execution.`,
    examples: ['wall'],
  }) as unknown as z.ZodType<Source, Source>;

const shape = {
  name: name.meta({ description: 'The name of the metric, used in every table.', examples: ['wall_ms'] }),
  unit: z
    .string()
    .max(20)
    .exactOptional()
    .meta({
      description: 'The unit of the numbers. If left out: the unit of the source, or no unit.',
      examples: ['ms'],
    }),
  lower_is_better: z
    .boolean()
    .default(true)
    .meta({ description: 'False if more is better, as for frames per second.' }),
  source: source.default('wall'),
  deterministic: z.boolean().exactOptional().meta({
    description:
      'True if the same code always gives the same number. perf-gate then compares the numbers exactly. If left out: true only for `size`.',
  }),
};

type MetricInput = { name: string; unit?: string; lower_is_better: boolean; source: Source; deterministic?: boolean };

const withUnit = <M extends MetricInput>({ name, unit, ...rest }: M) => ({
  name,
  unit: unit ?? unitOf(rest.source),
  ...rest,
});

export const metrics = z.strictObject({
  primary: z
    .strictObject(shape)
    .transform(withUnit)
    .meta({
      description: 'The one metric that must get better.',
      examples: [{ name: 'wall_ms', source: 'wall' }],
    }),
  watchdogs: z
    .array(
      z
        .strictObject({
          ...shape,
          max_regression_pct: z
            .number()
            .min(0)
            .max(1000)
            .meta({
              description: 'How much worse the metric may get, in per cent of the base.',
              examples: [10],
            }),
        })
        .transform(withUnit),
    )
    .default([])
    .meta({
      description: 'Metrics that must not get worse by more than their tolerance.',
      examples: [[{ name: 'peak_rss_mb', unit: 'MB', source: 'max_rss', max_regression_pct: 10 }]],
    }),
});

/** The primary metric of a contract. */
export type Metric = z.infer<typeof metrics>['primary'];

/** All metrics of a contract, each with its path in the contract. */
export function metricsWithPaths({ primary, watchdogs }: z.infer<typeof metrics>) {
  return [
    { metric: primary, path: ['metrics', 'primary'] },
    ...watchdogs.map((metric, i) => ({ metric, path: ['metrics', 'watchdogs', i] })),
  ];
}

/** Whether every execution of the same code gives the same number, so that one execution is enough. */
export function isDeterministic(metric: { source: Source; deterministic?: boolean }): boolean {
  return metric.deterministic ?? isExact(metric.source);
}
