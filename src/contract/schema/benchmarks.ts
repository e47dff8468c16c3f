import * as z from 'zod';
import { metrics } from './metrics.ts';
import { reproFields } from './repro.ts';
import { name } from './text.ts';
import { claim, thresholdFields } from './threshold.ts';

const { script, shell, before_each, timeout_s } = reproFields;

/** The benchmarks of a suite. If a benchmark leaves a field out, the field of the whole contract applies. */
export const benchmarks = z
  .array(
    z.strictObject({
      name: name.meta({ description: 'The name of the benchmark, used in every table.', examples: ['parse'] }),
      repro: z
        .strictObject({
          script,
          shell: shell
            .unwrap()
            .exactOptional()
            .meta({ description: 'The shell of this benchmark; see `repro.shell`.', examples: ['bash'] }),
          before_each,
          timeout_s: timeout_s
            .unwrap()
            .exactOptional()
            .meta({ description: 'Seconds after which one execution counts as failed.', examples: [300] }),
        })
        .exactOptional()
        .meta({ description: 'The command of this benchmark.', examples: [{ script: 'node bench/parse.mjs' }] }),
      metrics: metrics.exactOptional().meta({
        description: 'The metric of this benchmark.',
        examples: [{ primary: { name: 'wall_ms', source: 'wall' } }],
      }),
      claim: claim
        .unwrap()
        .exactOptional()
        .meta({
          description: 'The claim of this benchmark: `proven` or `no_worse`.',
          examples: ['proven'],
        }),
      threshold: thresholdFields
        .exactOptional()
        .meta({ description: 'The threshold or the margin of this benchmark.', examples: [{ pct_min: 10 }] }),
    }),
  )
  .min(1)
  .max(1000)
  .meta({
    description:
      'A suite: many benchmarks that are measured in turn in one session and judged together, with one error rate for all. Only for `compare`. If a benchmark leaves a field out, the field of the whole contract applies.',
    examples: [[{ name: 'parse', repro: { script: 'node bench/parse.mjs' } }]],
  });
