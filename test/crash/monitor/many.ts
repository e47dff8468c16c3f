import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../src/stats/rng.ts';
import { killed, oldStore, type Sent } from './kill.ts';

/**
 * Kills the monitor's service at random moments while clients post: `npm run test:monitor-crash -- --kills 200 --seed x --node PATH`, where PATH is
 * another version of Node, so with its other driver. Half of the times `gc` runs beside it, and is killed too or not; every twentieth store is a new
 * one, every other of those of the first version, whose migration is killed.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' }, node: { type: 'string' } },
});
const seed = values.seed ?? `${Date.now()}`;
const random = seededRandom(seed);
const node = values.node ?? process.execPath;
const bin = resolve(import.meta.dirname, '../../../bin/perf-gate.cjs');
const IN_ONE_STORE = 20;
const tidyings = ['none', 'none', 'whole', 'killed'] as const;

console.log(`seed ${seed}, ${node}`);
const tally = { kills: 0, wrong: 0, bodies: 0 };
while (tally.kills < Number(values.kills)) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-monitor-kills-')));
  const env = { PATH: process.env.PATH, PERF_GATE_MONITOR_HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
  const sent: Sent = { sent: 0, answered: new Set() };
  const now = Date.now();
  const killable = { node, bin, home, env };
  try {
    if ((tally.kills / IN_ONE_STORE) % 2 === 1) await oldStore(killable, 200 * random());
    for (let i = 0; i < IN_ONE_STORE && tally.kills < Number(values.kills); i++) {
      const after = 400 * random() ** 2;
      const wrong = await killed(killable, sent, { after, gc: tidyings[Math.floor(4 * random())]!, now });
      tally.kills++;
      if (wrong.length > 0) {
        tally.wrong++;
        console.log(`kill ${tally.kills}, after ${Math.round(after)} ms:\n  ${wrong.join('\n  ')}`);
      }
    }
    tally.bodies += sent.answered.size;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
  console.log(`${tally.kills} kills, ${tally.bodies} bodies, ${tally.wrong} went wrong`);
}
process.exitCode = tally.wrong > 0 ? 1 : 0;
