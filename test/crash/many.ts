import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/stats/rng.ts';
import { pack } from '../helpers/pack.ts';
import type { Kill } from './run.ts';
import { settings } from './settings.ts';
import { reference, tell } from './story.ts';

/**
 * Kills at random moments, in each setting by turns: `npm run test:crash -- --kills 200 --seed x`. The seed gives the moments, in
 * milliseconds after a line of the journal; what is under way then is the machine's own, so that a failure is told with all that is needed
 * to look at it. `--all` kills every process below perf-gate too, git in the middle of its work among them; its locks are then removed as
 * the error tells.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    all: { type: 'boolean', default: false },
  },
});
const wanted = Number(values.kills);
const seed = values.seed ?? `${Date.now()}`;
const random = seededRandom(seed);
const MOST_IN_ONE_RUN = 5;

const home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-crash-cli-')));
const tally = { kills: 0, runs: 0, differed: 0, locks: 0 };
const where = new Map<string, number>();
try {
  const bin = pack(home);
  const references = [];
  for (const [name, setting] of Object.entries(settings)) {
    const alone = await reference(bin, home, setting);
    console.log(`${name}: a run that is left alone takes ${Math.round(alone.ms)} ms`);
    references.push({ name, alone });
  }
  console.log(`seed ${seed}`);
  const until = performance.now() + Number(values.minutes) * 60_000;
  while (tally.kills < wanted && performance.now() < until) {
    const { name, alone } = references[tally.runs % references.length]!;
    const records = alone.journal.length;
    const kills = Array.from({ length: 1 + Math.floor(random() * MOST_IN_ONE_RUN) }, () => random() * records)
      .sort((a, b) => a - b)
      .map((seq): Kill => {
        const after = (2 * random() * alone.ms) / records;
        return { when: (journal) => journal.length >= Math.floor(seq), after, all: values.all };
      });
    const told = await tell(bin, alone, kills);
    tally.kills += told.kills;
    tally.runs++;
    for (const { killed, at } of told.processes) if (killed) where.set(at, (where.get(at) ?? 0) + 1);
    tally.locks += told.locks.length;
    if (tally.runs % 10 === 0) console.log(`${tally.kills} kills in ${tally.runs} runs`);
    if (told.differs.length === 0) continue;
    tally.differed++;
    const story = told.processes.map((p) => `after ${Math.round(p.ms)} ms at ${p.at}, exit ${p.code}\n${p.stderr}`);
    console.log(`run ${tally.runs} (${name}) came out otherwise:\n${told.differs.join('\n')}\n${story.join('\n')}`);
  }
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
const spread = [...where].sort((a, b) => b[1] - a[1]).map(([at, n]) => `  ${String(n).padStart(4)}  ${at}`);
console.log(
  `${tally.kills} kills in ${tally.runs} runs; ${tally.differed} runs came out otherwise; ${tally.locks} locks of a killed git were removed\nkilled in\n${spread.join('\n')}`,
);
process.exitCode = tally.differed > 0 ? 1 : 0;
