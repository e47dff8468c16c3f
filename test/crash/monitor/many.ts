import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../src/stats/rng.ts';
import { killed, type Sent } from './kill.ts';

/**
 * Kills the monitor's service at random moments while clients post: `npm run test:monitor-crash -- --kills 200 --seed x --node PATH`, where PATH is
 * another version of Node, so with its other driver. A third of the times `gc` runs beside it; every twentieth store is a new one, so that its
 * making is killed too.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' }, node: { type: 'string' } },
});
const seed = values.seed ?? `${Date.now()}`;
const random = seededRandom(seed);
const node = values.node ?? process.execPath;
const bin = resolve(import.meta.dirname, '../../../bin/perf-gate.cjs');
const IN_ONE_STORE = 20;

console.log(`seed ${seed}, ${node}`);
const tally = { kills: 0, wrong: 0, bodies: 0 };
while (tally.kills < Number(values.kills)) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-monitor-kills-')));
  const env = { PATH: process.env.PATH, PERF_GATE_MONITOR_HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
  const sent: Sent = { sent: 0, answered: new Set() };
  const now = Date.now();
  try {
    for (let i = 0; i < IN_ONE_STORE && tally.kills < Number(values.kills); i++) {
      const after = 400 * random() ** 2;
      const wrong = await killed({ node, bin, home, env }, sent, { after, gc: random() < 1 / 3, now });
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
