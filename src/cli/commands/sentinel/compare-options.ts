import { exit } from '../../../core/errors.ts';
import type { CageNetwork } from '../../../sentinel/dry-run/cage.ts';
import type { State } from '../../../sentinel/dry-run/cages.ts';
import { number } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Options of a comparison of two versions of hooks. */
export const comparing = {
  '--threshold <pct>': number(
    'the slow-down in per cent that counts as a regression (default: the configured one, or 10)',
    {
      least: 0.1,
      most: 1000,
    },
  ),
  '--runs <n>': number('pairs of executions; undecided hooks are run again, with 2 to 6 times as many pairs', {
    least: 5,
    most: 100,
    whole: true,
    otherwise: 10,
  }),
};

type Given = { threshold: number | undefined; runs: number; network: CageNetwork; state: State };

/**
 * The threshold, the number of executions and the cage of a comparison. The option `--threshold` overrides the configuration.
 * @throws sentinel_config_invalid, sentinel_variable_invalid
 */
export async function rulesOf({ threshold, runs, network, state }: Given, { env }: Tools) {
  const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
  const { thresholds, external_tools } = sentinelConfig(env);
  const threshold_pct = threshold ?? thresholds.regression_percent;
  return { threshold_pct, runs, dry: { network, state, strace: external_tools.use_strace } };
}

const codes = {
  held: exit.done,
  flagged: exit.done,
  regressed: exit.gateSaidNo,
  undecided: exit.inconclusive,
} as const;

/** The exit code for a verdict on hooks, such as 1 for `regressed`. */
export const exitOf = (verdict: keyof typeof codes): number => codes[verdict];
