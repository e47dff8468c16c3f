import { join } from 'node:path';
import { remove } from '../../src/core/fs.ts';
import { type Command, execute } from '../../src/measure/sessions/execute.ts';
import type { Place } from '../shared/bench.ts';
import { type Figure, ratioOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';

/** Wall time of a program that prints 100 MB, under perf-gate divided by the time with a shell's redirect to the same target. */
export type Flood = { kept: Figure; discarded: Figure; rounds: number };

const rounds = 40;
const flood = 'head -c 100000000 /dev/zero';

/** `kept`: stdout goes to a file; `discarded`: it goes to /dev/null. */
export async function measureFlood({ arm, setup }: Place): Promise<Flood> {
  const { dir: cwd, env } = arm('flood');
  const file = join(env.TMPDIR!, 'redirected');
  const wall = async (script: string, keepOutput: boolean) => {
    const command: Command = { script, shell: 'auto', cwd, env, timeout_s: 60, keepOutput };
    const done = await execute(command, setup.instrument);
    remove(file);
    if (done.state !== 'ok') throw new Error(`${script}: ${JSON.stringify(done)}`);
    return done.usage.wall_ms;
  };
  const seen = await inTurn(
    [
      { name: 'kept', take: () => wall(flood, true) },
      { name: 'file', take: () => wall(`exec ${flood} > ${file}`, false) },
      { name: 'discarded', take: () => wall(flood, false) },
      { name: 'null', take: () => wall(`exec ${flood} > /dev/null`, false) },
    ],
    rounds,
  );
  const of = (name: string) => seen.get(name)!;
  return { kept: ratioOf(of('kept'), of('file')), discarded: ratioOf(of('discarded'), of('null')), rounds };
}
