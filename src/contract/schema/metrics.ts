import * as z from 'zod';
import { name, text } from './text.ts';

/** What the engine measures of each execution by itself. */
const builtInSources = ['wall', 'user_cpu', 'sys_cpu', 'cpu', 'max_rss', 'instructions', 'callgrind'] as const;

/** Result files of other tools that are understood. */
const formats = [
  'hyperfine',
  'vitest-bench',
  'tinybench',
  'mitata',
  'go-bench',
  'criterion',
  'pytest-benchmark',
  'google-benchmark',
  'jmh',
  'autocannon',
  'k6',
  'explain-analyze',
] as const;

const key = text.meta({
  description: 'Where the number stands, with dots between the keys.',
  examples: ['latency.p95'],
});
const pattern = text.meta({
  description: 'A regular expression; its first group is the number.',
  examples: ['p95=([0-9.]+)'],
});
const file = text.meta({
  description: 'A file that the command writes, relative to where it runs.',
  examples: ['out.json'],
});

const stdout = z
  .discriminatedUnion('stdout', [
    z
      .strictObject({ stdout: z.literal('json'), key })
      .meta({ description: 'The whole of stdout as JSON, or its last line that is JSON.' }),
    z
      .strictObject({ stdout: z.literal('regex'), pattern })
      .meta({ description: 'A number in what the command prints.' }),
    z
      .strictObject({ stdout: z.literal('metric'), key })
      .meta({ description: 'A printed line `METRIC p95=12.3`; the key is the name before the equals sign.' }),
  ])
  .meta({
    description: 'A number in what the command prints: JSON, a pattern, or a line `METRIC p95=12.3`.',
    examples: [{ stdout: 'json', key: 'latency.p95' }],
  });

const toolResult = z
  .strictObject({
    format: z.enum(formats).meta({ description: 'The tool that wrote the file.', examples: ['hyperfine'] }),
    file,
    key: key.exactOptional().meta({ description: 'Which result or statistic, where the file holds several.' }),
  })
  .meta({ description: 'The result file of a benchmark tool.' });

const size = z
  .strictObject({
    size: text.meta({
      description: 'Files whose sizes are added up, as a glob, relative to where the command runs.',
      examples: ['dist/**/*.js'],
    }),
    encoding: z.enum(['raw', 'gzip', 'brotli']).default('raw').meta({ description: 'As stored, or compressed.' }),
  })
  .meta({ description: 'The size of files in bytes, after the command has run.' });

const fileKey = z.strictObject({ file, key }).meta({ description: 'A number in a JSON file.' });
const filePattern = z.strictObject({ file, pattern }).meta({ description: 'A number in a text file.' });

const source = z.union([z.enum(builtInSources), stdout, fileKey, filePattern, size, toolResult]).meta({
  description:
    'Where the number comes from: one of the built-in measurements, or a mapping. Times are in ms, `max_rss` in KB and sizes in bytes, unless `unit` says otherwise. `instructions` and `callgrind` are counted in an execution of their own.',
  examples: ['wall'],
});

/** Where the number of a metric comes from. */
export type Source = z.infer<typeof source>;

const shape = {
  name: name.meta({ description: 'The name of the metric, used in every table.', examples: ['wall_ms'] }),
  unit: z
    .string()
    .max(20)
    .exactOptional()
    .meta({
      description: 'The unit of the numbers. Left out: the unit of the source, or none.',
      examples: ['ms'],
    }),
  lower_is_better: z
    .boolean()
    .default(true)
    .meta({ description: 'False where more is better, as for frames per second.' }),
  source: source.default('wall'),
  deterministic: z.boolean().exactOptional().meta({
    description:
      'True: the same code always gives the same number, so two executions are compared exactly. `size` is so by itself.',
  }),
};

type Given = { name: string; unit?: string; lower_is_better: boolean; source: Source; deterministic?: boolean };

const unitsOfBuiltIns: Record<(typeof builtInSources)[number], string> = {
  wall: 'ms',
  user_cpu: 'ms',
  sys_cpu: 'ms',
  cpu: 'ms',
  max_rss: 'KB',
  instructions: '',
  callgrind: '',
};

/** The unit of a source, where the source has one; times in ms, memory in KB, sizes in bytes. */
export function unitOf(source: Source): string {
  if (typeof source === 'object') return 'size' in source ? 'bytes' : '';
  return unitsOfBuiltIns[source];
}

const withUnit = <M extends Given>({ name, unit, ...rest }: M) => ({
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
              description: 'How much worse it may get, in per cent of the base.',
              examples: [10],
            }),
        })
        .transform(withUnit),
    )
    .default([])
    .meta({
      description: 'Metrics that must not get worse than their tolerance.',
      examples: [[{ name: 'peak_rss_mb', unit: 'MB', source: 'max_rss', max_regression_pct: 10 }]],
    }),
});

/** A metric as the contract holds it. */
export type Metric = z.infer<typeof metrics>['primary'];

/** True where one number stands for all executions of the same code, so that nothing has to be sampled. */
export function isDeterministic(metric: { source: Source; deterministic?: boolean }): boolean {
  return metric.deterministic ?? (typeof metric.source === 'object' && 'size' in metric.source);
}
