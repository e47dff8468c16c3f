import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kept, keepComparison, type Source } from '../../compare/keep.ts';
import { keepSuite } from '../../compare/keep-suite.ts';
import { exit, failure } from '../../core/errors.ts';
import { remove, temporaryDir, writeWhole } from '../../core/fs.ts';
import { type Comparison, comparisonRecord } from '../../record/comparison.ts';
import { type SuiteComparison, suiteRecord } from '../../record/suite.ts';
import { errorOf } from '../../run/background.ts';
import { type SentRecord, sentRecord } from '../job.ts';
import type { Answered } from './wait.ts';

/** A record from another machine that is kept here too: its host is in it. */
export type Received =
  | { kind: 'comparison'; comparison: Comparison; kept: Kept }
  | { kind: 'suite'; comparison: SuiteComparison; kept: Kept };

/** The object that the command printed there. @throws the error that ended it there; fleet_answer_invalid */
export function printedThere({ answer, host }: Answered): Record<string, unknown> {
  const shown = parsed(answer.answer, host);
  const error = shown.error as { code: string; message: string; hint: string } | undefined;
  if (error) throw errorOf({ ...error, exit_code: answer.exit_code || exit.environment });
  return shown;
}

/**
 * Checks the record of an answer and keeps it in the project, as if it had been measured here; null where none came. `names`: of both ends, as
 * they were given here.
 * @throws fleet_answer_invalid
 */
export function keepHere(
  project: string,
  { answer, host }: Answered,
  names: Comparison['names'] | null,
): Received | null {
  if (answer.record === null) return null;
  const sent = sentRecord.safeParse(parsed(answer.record, host));
  if (!sent.success) throw failure('fleet_answer_invalid', { host, reason: 'its record is none' });
  const { kind, data } = sent.data;
  const read = { comparison: comparisonRecord, suite: suiteRecord }[kind].safeParse(data);
  if (!read.success) throw failure('fleet_answer_invalid', { host, reason: `its record is no ${kind}` });
  // Its id and its number are those of the other machine.
  const { comparison: _, suite: _suite, nth: _nth, ...whole } = read.data as Record<string, unknown>;
  const own = { ...whole, ...(names ? { names } : {}), host } as unknown;
  return withSamples(sent.data, (source): Received => {
    if (kind === 'suite')
      return { kind, comparison: own as SuiteComparison, kept: keepSuite(project, own as SuiteComparison, source) };
    return { kind, comparison: own as Comparison, kept: keepComparison(project, own as Comparison, source) };
  });
}

function parsed(text: string, host: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw failure('fleet_answer_invalid', { host, reason: 'it is no JSON' });
  }
}

/** Secrets were removed where the record was made. */
function withSamples<T>({ samples }: SentRecord, act: (source: Source) => T): T {
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    for (const [name, text] of Object.entries(samples)) writeWhole(join(folder, name), text);
    return act({ samples: folder, redact: (text) => text });
  } finally {
    remove(folder);
  }
}
