import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kept, keepComparison } from '../../compare/keep.ts';
import { exit, failure } from '../../core/errors.ts';
import { remove, temporaryDir, writeWhole } from '../../core/fs.ts';
import { type Comparison, comparisonRecord } from '../../record/comparison.ts';
import { errorOf } from '../../run/background.ts';
import { type SentRecord, sentRecord } from '../job.ts';
import type { Answered } from './wait.ts';

/** A comparison from another machine, and its record here. `shown`: the object that was printed there. */
export type Received = { comparison: Comparison; kept: Kept; shown: Record<string, unknown> };

/**
 * Checks an answer, and keeps its record in the project, as if it had been measured here; its host is in it.
 * @throws the error that ended the comparison there; fleet_answer_invalid
 */
export function receive(project: string, answered: Answered, names: Comparison['names']): Received {
  const { answer, host } = answered;
  const shown = parsed(answer.answer, host);
  const error = shown.error as { code: string; message: string; hint: string } | undefined;
  if (error) throw errorOf({ ...error, exit_code: answer.exit_code || exit.environment });
  const sent = sentRecord.safeParse(parsed(answer.record ?? 'null', host));
  const record = sent.success ? comparisonRecord.safeParse(sent.data.data) : undefined;
  if (!sent.success || !record?.success)
    throw failure('fleet_answer_invalid', { host, reason: 'it has no record of a comparison' });
  const { comparison: _, nth: _nth, ...read } = record.data as Comparison & { comparison: string; nth?: number };
  const comparison: Comparison = { ...read, names, host };
  return { comparison, kept: keep(project, comparison, sent.data), shown };
}

function parsed(text: string, host: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw failure('fleet_answer_invalid', { host, reason: 'it is no JSON' });
  }
}

/** Secrets were removed where the record was made. */
function keep(project: string, comparison: Comparison, { samples }: SentRecord): Kept {
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    for (const [name, text] of Object.entries(samples)) writeWhole(join(folder, name), text);
    return keepComparison(project, comparison, { samples: folder, redact: (text) => text });
  } finally {
    remove(folder);
  }
}
