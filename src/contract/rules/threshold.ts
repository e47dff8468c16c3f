import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';

/** A threshold that nothing could reach, or that everything would reach, is no threshold. */
export function thresholdRules({ threshold, metrics, goal }: Contract): Issue[] {
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  const { type, pct_min, absolute_min } = threshold;
  const lower = metrics.primary.lower_is_better;

  if (type !== 'absolute' && pct_min <= 0) {
    say(
      ['threshold', 'pct_min'],
      `expected more than 0, found ${pct_min}; any change would pass; for example: pct_min: 5`,
    );
  }
  if (type !== 'absolute' && lower && pct_min >= 100) {
    say(
      ['threshold', 'pct_min'],
      `expected less than 100, found ${pct_min}; ${metrics.primary.name} cannot fall by more than all of it`,
    );
  }
  if (type !== 'pct' && absolute_min <= 0) {
    say(
      ['threshold', 'absolute_min'],
      `expected more than 0 with type: ${type}, found ${absolute_min}; for example: absolute_min: 5`,
    );
  }
  if (type === 'pct' && absolute_min > 0) {
    say(['threshold', 'absolute_min'], 'not used with type: pct; set type: both, or remove it');
  }
  if (goal && lower && goal.pct >= 100) {
    say(
      ['goal', 'pct'],
      `expected less than 100, found ${goal.pct}; ${metrics.primary.name} cannot fall by more than all of it`,
    );
  }
  return issues;
}
