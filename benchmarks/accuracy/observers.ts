import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/core/exec.ts';
import { remove } from '../../src/core/fs.ts';
import { shellWord } from '../../src/core/text.ts';
import type { Instrument } from '../../src/measure/instruments/instrument.ts';
import type { Place } from '../shared/bench.ts';
import type { Program } from './programs.ts';

/** An observer's measurement of one execution; null if it cannot measure memory. Times in ms, memory in KB. */
export type Seen = { wall_ms: number; cpu_ms: number; max_rss_kb: number | null };

export type Observer = { name: string; observe(program: Program): Promise<Seen> };

/** perf-gate, hyperfine and GNU time, on the same programs with the same environment and output to /dev/null. */
export function observers({ dir, arm, setup }: Place): Observer[] {
  const { dir: cwd, env } = arm('programs');
  const report = join(dir, 'report');
  const told = async (argv: string[], parse: (text: string) => Seen): Promise<Seen> => {
    const [file = '', ...args] = argv;
    const ended = await run(file, args, { cwd, env });
    if (ended.exitCode !== 0) throw new Error(`${argv.join(' ')}: exit code ${ended.exitCode}: ${ended.stderr}`);
    try {
      return parse(readFileSync(report, 'utf8'));
    } finally {
      remove(report);
    }
  };
  return [
    { name: 'perf-gate', observe: ({ argv }) => ours(setup.instrument, argv, { cwd, env }) },
    {
      name: 'hyperfine',
      observe: ({ argv }) =>
        told(
          ['hyperfine', '-N', '-r', '1', '--style', 'none', '--export-json', report, argv.map(shellWord).join(' ')],
          hyperfineReport,
        ),
    },
    {
      name: 'time',
      observe: ({ argv }) => told(['/usr/bin/time', '-f', '%e %U %S %M', '-o', report, ...argv], timeReport),
    },
  ];
}

async function ours(
  instrument: Instrument,
  argv: Program['argv'],
  where: { cwd: string; env: Record<string, string> },
): Promise<Seen> {
  const output = { stdout: 'ignore', stderr: 'ignore' } as const;
  const { wall_ms, user_ms, sys_ms, max_rss_kb } = await instrument.measure({
    argv,
    ...where,
    timeoutMs: 60_000,
    output,
  });
  return { wall_ms, cpu_ms: user_ms! + sys_ms!, max_rss_kb };
}

/** Reads times in seconds. Ignores memory, which only newer versions of hyperfine report. */
function hyperfineReport(text: string): Seen {
  const [result] = (JSON.parse(text) as { results: { times: [number]; user: number; system: number }[] }).results;
  const { times, user, system } = result!;
  return { wall_ms: 1000 * times[0], cpu_ms: 1000 * (user + system), max_rss_kb: null };
}

/** Reads seconds with two decimals (truncated, not rounded), and KB. */
function timeReport(text: string): Seen {
  const [wall, user, system, rss] = text.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { wall_ms: 1000 * wall!, cpu_ms: 1000 * (user! + system!), max_rss_kb: rss! };
}
