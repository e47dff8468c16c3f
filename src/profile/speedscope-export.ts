import type { Profile } from './model.ts';

const units = { ms: 'milliseconds', bytes: 'bytes', samples: 'none', instructions: 'none' } as const;

/**
 * A profile in the format of speedscope, to be opened at https://www.speedscope.app: one sample for each stack with its weight.
 * Format: https://www.speedscope.app/file-format-schema.json
 */
export function toSpeedscope(profile: Profile, name: string): string {
  const stacks: number[][] = [];
  const samples: number[][] = [];
  const weights: number[] = [];
  for (const { parent, frame, self } of profile.nodes) {
    const stack = [...(parent === -1 ? [] : stacks[parent]!), frame];
    stacks.push(stack);
    if (self <= 0) continue;
    samples.push(stack);
    weights.push(self);
  }
  const frames = profile.frames.map(({ function: fn, file, line, column }) => ({
    name: fn || '(anonymous)',
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { col: column }),
  }));
  const unit = units[profile.unit];
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name,
    exporter: 'perf-gate',
    shared: { frames },
    profiles: [{ type: 'sampled', name, unit, startValue: 0, endValue: profile.total, samples, weights }],
  });
}
