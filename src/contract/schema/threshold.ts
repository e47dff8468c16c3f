import * as z from 'zod';

export const thresholdFields = z.strictObject({
  type: z.enum(['pct', 'absolute', 'both']).default('pct').meta({
    description: 'Whether the improvement must reach `pct_min`, `absolute_min`, or both of them.',
  }),
  pct_min: z
    .number()
    .default(20)
    .meta({ description: 'The least improvement, in per cent of the base.', examples: [20] }),
  absolute_min: z
    .number()
    .min(0)
    .default(0)
    .meta({
      description: 'The least improvement, in the unit of the primary metric.',
      examples: [5],
    }),
  no_worse_pct: z
    .number()
    .min(0)
    .exactOptional()
    .meta({
      description: 'With `claim: no_worse`: how much worse the candidate may be, in per cent of the base.',
      examples: [3],
    }),
  significance_required: z.boolean().default(true).meta({
    description:
      'If false, the estimate alone decides, without statistical proof, and every artifact warns of the missing proof.',
  }),
});

export const threshold = thresholdFields.prefault({}).meta({
  description:
    'The improvement that a candidate must reach. With `claim: no_worse`: how much worse the candidate may be.',
  examples: [{ type: 'pct', pct_min: 20 }],
});

/**
 * The statistical tests. With `auto`, perf-gate chooses `mann_whitney` or `wilcoxon_signed_rank` from the noise of the baseline, before
 * any fix exists.
 */
const tests = ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const;

export const significance = z
  .strictObject({
    test: z
      .enum(['auto', ...tests])
      .default('auto')
      .meta({
        description:
          'The statistical test that judges. With `auto`, perf-gate chooses a rank test from the noise of the baseline.',
      }),
    alpha: z.number().positive().max(0.2).default(0.05).meta({
      description: 'The probability, per measuring session, of reporting an improvement that does not exist.',
    }),
  })
  .prefault({})
  .meta({ description: 'The certainty that a verdict needs.', examples: [{ test: 'auto', alpha: 0.05 }] });

export const claim = z.enum(['proven', 'observed', 'no_worse']).default('proven').meta({
  description:
    '`proven`: the whole confidence interval clears the threshold. `observed`: the estimate clears the threshold, and a difference is proved. `no_worse`: by the whole confidence interval, the candidate is better, equal, or less than `no_worse_pct` per cent worse.',
});

export const sessionEffect = z
  .number()
  .min(0)
  .max(50)
  .meta({
    description:
      'The error that all samples of one session can have in common, in per cent of the base. `perf-gate calibrate` measures this error. The error widens every confidence interval. If left out: 0.',
    examples: [1],
  });

export const goal = z
  .strictObject({
    pct: z
      .number()
      .positive()
      .meta({ description: 'The total improvement, in per cent, at which the run ends.', examples: [50] }),
  })
  .meta({ description: 'The improvement at which the run ends.' });

export const limits = z
  .strictObject({
    max_attempts: z.number().int().min(1).max(20).default(10).meta({
      description:
        'The largest number of attempts. It is at most 20, because every attempt is one more chance of a false accept.',
    }),
    max_minutes: z.number().positive().default(240).meta({ description: 'Minutes after which no new attempt begins.' }),
    max_rejects_in_a_row: z.number().int().min(1).default(5).meta({
      description: 'The run ends after this many rejected attempts in a row.',
    }),
  })
  .prefault({})
  .meta({ description: 'Limits at which the run ends.', examples: [{ max_attempts: 10 }] });
