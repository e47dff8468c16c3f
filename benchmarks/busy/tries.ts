import { join } from 'node:path';
import { contractSchema } from '../../src/contract/schema/contract.ts';
import { judgeArms } from '../../src/experiment/experiment.ts';
import { ordinaryRuns } from '../../src/stats/looks.ts';
import { newestRules } from '../../src/stats/rule.ts';
import type { Place } from '../shared/bench.ts';
import type { Planted } from './planted.ts';

export const sources = ['undelayed_wall', 'wall'] as const;
export type Timed = (typeof sources)[number];

/** The results of the tries of one program by one metric. `executions`: mean per try, with warm-ups. */
export type Row = {
  program: string;
  gain_pct: number;
  seen_pct: number;
  source: Timed;
  tries: number;
  accepted: number;
  rejected: number;
  inconclusive: number;
  executions: number;
};

export const threshold = 10;

const contractOf = (source: Timed, script: string) =>
  contractSchema.parse({
    version: 1,
    rules: newestRules,
    repro: { script, measurement_runs: ordinaryRuns.first, max_runs: ordinaryRuns.last },
    metrics: { primary: { name: `${source}_ms`, source } },
    threshold: { pct_min: threshold },
  });

/** Judges the second command against the first `tries` times, each with a screen and, if it passes, a confirmation, as `compare` does. */
export async function tryOut(place: Place, planted: Planted, by: { source: Timed; tries: number }): Promise<Row> {
  const { source, tries } = by;
  const { base, candidate, name, gainPct, seenPct } = planted;
  const row: Row = {
    program: name,
    gain_pct: gainPct,
    seen_pct: seenPct,
    source,
    tries,
    accepted: 0,
    rejected: 0,
    inconclusive: 0,
    executions: 0,
  };
  const arm = place.arm('programs');
  for (let number = 1; number <= tries; number++) {
    const id = `${name}-${gainPct}-${source}-${number}`.replaceAll(' ', '-');
    const setup = { ...place.setup, contract: contractOf(source, candidate), samples: join(place.dir, id), seed: id };
    const { verdict, sessions } = await judgeArms(setup, {
      base: { what: 'first command', command: base },
      arms: async () => ({ arms: { base: { ...arm, script: base }, candidate: { ...arm, script: candidate } } }),
    });
    row[verdict]++;
    row.executions += ((sessions.screen?.executions ?? 0) + (sessions.confirmation?.executions ?? 0)) / tries;
  }
  return row;
}
