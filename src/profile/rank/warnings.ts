import { percent } from '../../core/figures.ts';
import type { Profile, Unit } from '../model.ts';

/** How each unit is spoken of: what was spent, and what a profile without any says. */
const spent: Record<Unit, { name: string; none: string }> = {
  ms: { name: 'time', none: 'The profile holds no time at all: the program may have been too short for the sampler.' },
  samples: {
    name: 'samples',
    none: 'The profile holds no samples: the program may have been too short for the sampler.',
  },
  bytes: { name: 'bytes', none: 'The profile holds no bytes: nothing was allocated, or nothing was left.' },
  instructions: { name: 'instructions', none: 'The profile holds no instructions.' },
  cycles: { name: 'cycles', none: 'The profile holds no cycles: the program may have been too short for the sampler.' },
  events: { name: 'events', none: 'The profile holds no events.' },
};

/** Formats that have the own time of each function but not its callers. */
const flat = /\b(pstats-|v8-prof-text)/;

/** Whether a format names no callers, so that shares bound no gain. */
export const namesNoCallers = (format: string): boolean => flat.test(format);

/** Sentences for a reader: why a ranking may be incomplete. `attributed`: the weight that functions of the project have. */
export function warningsOf(profile: Profile, attributed: number): string[] {
  const { format, total, idle, notes } = profile;
  const { name, none } = spent[profile.unit];
  const missing = namesNoCallers(format)
    ? [`The file (${format}) names no callers: what a function has others do for it is not in its share.`]
    : [];
  if (total === 0) return [...missing, none, ...notes];
  const share = (part: number, whole: number) => percent((part / whole) * 100, 0);
  const warnings = [...missing, ...notes];
  if (attributed === 0)
    warnings.push(
      name === 'time'
        ? 'No time was spent in files of the project.'
        : `None of the ${name} belong to files of the project.`,
    );
  else if (attributed < total / 2)
    warnings.push(
      `${share(total - attributed, total)} of the ${name} ${name === 'time' ? 'has' : 'have'} no caller in the project: start-up and other code.`,
    );
  if (idle > total)
    warnings.push(
      `The program waited for ${share(idle, idle + total)} of the time; this profile does not say for what.`,
    );
  return [...warnings, ...fewSamples(profile)];
}

function fewSamples({ sampled, samples }: Profile): string[] {
  if (!sampled) return [];
  if (samples === null) return ['The profile does not say how many samples it holds: small shares may be guesses.'];
  return samples < 100 ? [`Only ${samples} samples: small shares are guesses.`] : [];
}
