import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { run } from '../src/core/exec.ts';
import { compare, type Row } from './accuracy/compare.ts';
import { measureFlood } from './accuracy/flood.ts';
import { goalsOf } from './accuracy/goals.ts';
import { observers } from './accuracy/observers.ts';
import { programs } from './accuracy/programs.ts';
import { type Accuracy, textOf } from './accuracy/text.ts';
import { inTemporaryPlace } from './shared/bench.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// The instrument against hyperfine and GNU time, on the same programs in turn. See docs/benchmarks.md.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } } });
const version = await run('hyperfine', ['--version']);
const missing = [...(version.notFound ? ['hyperfine'] : []), ...(existsSync('/usr/bin/time') ? [] : ['time'])];
if (missing.length > 0) {
  process.stderr.write(`Not installed: ${missing.join(', ')}. On Debian: apt-get install -y ${missing.join(' ')}\n`);
  process.exit(3);
}

const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };
const accuracy: Accuracy = await inTemporaryPlace(contract, async (place) => {
  const rows: Row[] = [];
  for (const program of programs(place.dir)) {
    const rounds = values.rounds ? Number(values.rounds) : program.rounds;
    rows.push(await compare({ ...program, rounds }, observers(place)));
  }
  const flood = await measureFlood(place);
  return { machine: machineLine(), hyperfine: version.stdout.trim(), rows, flood, goals: goalsOf(rows, flood) };
});
print(values.json ? JSON.stringify(accuracy) : textOf(accuracy));
