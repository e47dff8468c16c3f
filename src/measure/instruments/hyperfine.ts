import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { shellWord } from '../../core/text.ts';
import type { Job, Method, Reading } from './instrument.ts';
import { runGroup } from './plain.ts';

/** Measures one execution by hyperfine, without a shell: wall time, CPU time and, since version 1.20, peak RSS. */
export const hyperfine: Method = {
  name: 'hyperfine',
  async prepare(env) {
    const dir = temporaryDir(env.TMPDIR ?? tmpdir(), 'pg-');
    try {
      const report = join(dir, 'trial.json');
      const trial = await run('hyperfine', [...options, report, '--', 'true'], { env, timeoutMs: 20_000 });
      if (trial.exitCode !== 0) return { missing: trial.notFound ? 'no hyperfine in the PATH' : trial.stderr.trim() };
      return { method: 'hyperfine', measure, supervise: null };
    } finally {
      remove(dir);
    }
  },
};

const options = ['-N', '-r', '1', '-i', '--style', 'none', '--output', 'inherit', '--export-json'];

/** One entry of `results` in the exported JSON. Times are in seconds. */
type Result = {
  times: number[];
  user: number;
  system: number;
  exit_codes: (number | null)[];
  memory_usage_byte?: number[];
};

async function measure(job: Job, signal?: AbortSignal): Promise<Reading> {
  const dir = temporaryDir(job.env.TMPDIR ?? tmpdir(), 'pg-');
  try {
    const report = join(dir, 'hyperfine.json');
    const reading = await runGroup(
      ['hyperfine', ...options, report, '--', job.argv.map(shellWord).join(' ')],
      job,
      signal,
    );
    if (reading.timed_out || signal?.aborted) return reading;
    const result = resultIn(report);
    // hyperfine writes an empty report if it cannot start the program
    if (!result)
      return { ...reading, exec_error: reading.exec_error ?? `hyperfine gave up (exit ${reading.exit_code})` };
    const memory = result.memory_usage_byte?.[0];
    return {
      ...reading,
      wall_ms: (result.times[0] ?? Number.NaN) * 1000,
      user_ms: result.user * 1000,
      sys_ms: result.system * 1000,
      max_rss_kb: memory === undefined ? null : memory / 1024,
      exit_code: result.exit_codes[0] ?? null,
    };
  } finally {
    remove(dir);
  }
}

function resultIn(report: string): Result | undefined {
  try {
    return (JSON.parse(readFileSync(report, 'utf8')) as { results: Result[] }).results[0];
  } catch {
    return undefined;
  }
}
