import { join } from 'node:path';
import { writeDurable } from '../../src/core/fs.ts';
import { askedBy } from '../../src/experiment/asked-by.ts';
import { judgedSession } from '../../src/experiment/session.ts';
import { looksOf } from '../../src/experiment/session-judge.ts';
import { judged, needsConfirmation } from '../../src/experiment/verdict.ts';
import { newestRules } from '../../src/stats/rule.ts';
import { inTemporaryPlace, type Place } from '../shared/bench.ts';

/** Real processes: attempts at `pct` per cent with a planted gain of `truth` per cent. */
export type PlantedRow = {
  truth: number;
  pct: number;
  attempts: number;
  accepted: number;
  inconclusive: number;
  executions: number;
};

const pct = 10;
/** Turns of an awk loop of about 50 ms. The loop is nearly the whole run, so fewer turns save the same share of time. */
const loops = 1_500_000;
const test = 'wilcoxon_signed_rank';

/** Tests the whole measuring path on a program with a known gain: none, nearly the threshold, and twice the threshold. */
export function planted(attempts: number): Promise<PlantedRow[]> {
  const contract = {
    rules: newestRules,
    repro: { script: 'awk -f work.awk' },
    metrics: { primary: { name: 'cpu_ms', source: 'cpu' } },
    threshold: { pct_min: pct },
  };
  return inTemporaryPlace(contract, async (place) => {
    const rows: PlantedRow[] = [];
    for (const truth of [0, 0.9 * pct, 2 * pct]) {
      const row: PlantedRow = { truth, pct, attempts, accepted: 0, inconclusive: 0, executions: 0 };
      for (let number = 1; number <= attempts; number++) {
        const { verdict, executions } = await attemptOn(place, truth, number);
        if (verdict === 'accepted') row.accepted++;
        if (verdict === 'inconclusive') row.inconclusive++;
        row.executions += executions / attempts;
      }
      rows.push(row);
    }
    return rows;
  });
}

/** A screen and, if it passes, a confirmation with swapped arms. */
async function attemptOn({ setup, arm }: Place, truth: number, number: number) {
  const planned = looksOf(setup.contract, test);
  const measure = async (name: string, [base, candidate]: [string, string]) => {
    const arms = { base: arm(base), candidate: arm(candidate) };
    writeDurable(join(arms.base.dir, 'work.awk'), program(loops));
    writeDurable(join(arms.candidate.dir, 'work.awk'), program(Math.round(loops * (1 - truth / 100))));
    const id = `${truth}-${number}-${name}`;
    return judgedSession(setup, { id, label: name, arms, looks: planned, test, decides: true });
  };
  const screen = await measure('screen', ['a', 'b']);
  const again = !screen.broken && needsConfirmation(screen.data, setup.contract);
  const confirmation = again ? await measure('confirmation', ['b', 'a']) : null;
  const broken = screen.broken ?? confirmation?.broken ?? null;
  const sessions = { broken, screen: screen.data, confirmation: confirmation?.data ?? null };
  const { verdict } = judged(sessions, askedBy(setup.contract));
  return { verdict, executions: screen.data.executions + (confirmation?.data.executions ?? 0) };
}

const program = (times: number) => `BEGIN { for (i = 0; i < ${times}; i++) x += i % 7; print x > "/dev/null" }\n`;
