import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bisect } from '../../src/compare/bisect/bisect.ts';
import { loadContract } from '../../src/contract/parse.ts';
import { systemClock } from '../../src/core/clock.ts';
import { runCommand } from '../../src/core/exec.ts';
import { remove, writeWhole } from '../../src/core/fs.ts';
import { openRepo } from '../../src/git/repo.ts';
import type { Found, History } from './simulate.ts';

const contract = `version: 1
repro: { script: sh bench.sh }
metrics: { primary: { name: ms, unit: ms, lower_is_better: true, source: { stdout: metric, key: ms } } }
room: "off"
`;

/** A benchmark with nearly normal noise: the sum of twelve uniform numbers from the system's random source. */
const bench = (noise: number) => `. ./work.sh
od -An -v -N24 -tu2 /dev/urandom | tr -s ' \\n' '\\n\\n' | awk -v w=$WORK \\
  '/./ { x += $1 / 65536 } END { printf "METRIC ms=%.6f\\n", w * exp(${noise} * (x - 6)) }'
`;

/** The same search in a git repository with this many commits, with real processes whose metric has this noise. */
export async function bisectedForReal({ commits, first, pct, noise }: History): Promise<Found> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bisect-')));
  const git = async (...args: string[]) => {
    const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@perf-gate.invalid'];
    const ended = await runCommand(['git', ...identity, ...args], {
      cwd: root,
      env: process.env as Record<string, string>,
      timeoutMs: 60_000,
    });
    if (ended.exitCode !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
  };
  try {
    await git('init', '--quiet', '--initial-branch=main');
    writeWhole(join(root, 'perf-gate.yaml'), contract);
    writeWhole(join(root, 'bench.sh'), bench(noise));
    for (let at = 0; at <= commits; at++) {
      writeWhole(join(root, 'work.sh'), `WORK=${at >= first ? 100 + pct : 100}\n`);
      writeWhole(join(root, 'commit.txt'), `${at}\n`);
      await git('add', '--all');
      await git('commit', '--quiet', '--message', `commit ${at}`);
    }
    const world = {
      cwd: root,
      env: process.env,
      clock: systemClock,
      notify() {},
      signal: new AbortController().signal,
    };
    const asked = { good: `HEAD~${commits}`, bad: 'HEAD', contract: loadContract(join(root, 'perf-gate.yaml')) };
    const { outcome, part, executions } = await bisect(await openRepo(root), world, asked);
    return { found: outcome === 'found' ? part!.upTo : null, executions };
  } finally {
    remove(root);
  }
}
