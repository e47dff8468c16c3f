import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../src/core/exec.ts';
import { remove, temporaryDir } from '../src/core/fs.ts';
import { isJson, kinds, writeProfile } from './profiles/write.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// The cost of reading a large profile, compared with JSON.parse of the same bytes, each in a separate process. See docs/benchmarks.md.

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, mb: { type: 'string' }, rounds: { type: 'string' } },
});
const mb = Number(values.mb ?? 200);
const rounds = Number(values.rounds ?? 3);

type Cost = { ms: number; peak_mb: number };
type Row = { format: string; file_mb: number; read: Cost; json_parse: Cost | null };

const dir = temporaryDir(tmpdir(), 'perf-gate-profiles-');
try {
  const rows: Row[] = [];
  for (const format of kinds) {
    const file = join(dir, format);
    const file_mb = writeProfile(format, file, mb * 1e6) / 1e6;
    rows.push({
      format,
      file_mb,
      read: await best('read', file),
      json_parse: isJson(format) ? await best('parse', file) : null,
    });
    remove(file);
  }
  print(values.json ? JSON.stringify({ rows, machine: machineLine() }) : textOf(rows));
} finally {
  remove(dir);
}

/** The fastest round: on a busy machine, other processes only add time. */
async function best(what: 'read' | 'parse', file: string): Promise<Cost> {
  const seen: Cost[] = [];
  for (let i = 0; i < rounds; i++) {
    const reader = join(import.meta.dirname, 'profiles', 'read.ts');
    const ended = await run(process.execPath, ['--import', 'tsx', reader, what, file]);
    if (ended.exitCode !== 0) throw new Error(`${what} ${file}: ${ended.stderr}`);
    seen.push(JSON.parse(ended.stdout) as Cost);
  }
  return seen.reduce((a, b) => (b.ms < a.ms ? b : a));
}

function textOf(rows: Row[]): string {
  const cells = rows.map(({ format, file_mb, read, json_parse }) => [
    format,
    file_mb.toFixed(0),
    read.ms.toFixed(0),
    json_parse ? (read.ms / json_parse.ms).toFixed(2) : '–',
    (file_mb / (read.ms / 1000)).toFixed(0),
    (read.peak_mb / file_mb).toFixed(2),
    json_parse ? (json_parse.peak_mb / file_mb).toFixed(2) : '–',
  ]);
  const heads = ['format', 'MB', 'ms', 'by JSON.parse', 'MB/s', 'peak memory by its size', 'that of JSON.parse'];
  return [machineLine(), `\nReading one profile; the best of ${rounds}.\n`, table(heads, cells)].join('\n');
}
