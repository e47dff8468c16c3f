import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Kept, keepComparison, type Source } from '../../compare/keep.ts';
import { keepSuite } from '../../compare/keep-suite.ts';
import { wholeSuite } from '../../contract/suite-part.ts';
import { exit, failure } from '../../core/errors.ts';
import { remove, temporaryDir, writeWhole } from '../../core/fs.ts';
import { type Comparison, comparisonRecord } from '../../record/comparison.ts';
import { joinedSuite } from '../../record/joined-suite.ts';
import { type SuiteComparison, suiteRecord } from '../../record/suite.ts';
import { errorOf } from '../../run/background.ts';
import { type Answer, type SentRecord, sentRecord } from '../job.ts';
import { objectIn } from '../object-in.ts';
import type { Answers, PartAnswer } from './ask.ts';
import type { Answered } from './wait.ts';

/** A record of a measurement on another machine, stored in this project. */
export type Received =
  | { kind: 'comparison'; comparison: Comparison; kept: Kept }
  | { kind: 'suite'; comparison: SuiteComparison; kept: Kept };

/** The object that the worker's command printed. @throws the error that ended the command; fleet_answer_invalid */
export function printedThere({ answer, host }: Answered): Record<string, unknown> {
  const shown = parsed(answer.answer, host);
  const error = errorIn(shown, answer);
  if (error) throw error;
  return shown;
}

/** The error in a printed object. Null if the object has no error. */
export function errorIn({ error }: Record<string, unknown>, { exit_code }: Answer): Error | null {
  return isTold(error) ? errorOf({ ...error, exit_code: exit_code || exit.environment }) : null;
}

type Told = { code: string; message: string; hint: string };
const isTold = (error: unknown): error is Told =>
  typeof error === 'object' &&
  error !== null &&
  ['code', 'message', 'hint'].every((key) => typeof (error as Record<string, unknown>)[key] === 'string');

/**
 * Checks the record of an answer, and stores the record in the project as if this machine had taken the samples. Returns null if the answer
 * has no record. Judges the parts of a suite together, and stores them as one record. The fields of `said`, such as the names of the
 * commits, replace fields of the record.
 * @throws fleet_answer_invalid
 */
export function keepHere(
  project: string,
  answers: Answers,
  said: Partial<Pick<Comparison, 'names' | 'confirm_on' | 'confirms'>>,
): Received | null {
  const records = answers.map(recordOf);
  const [first, ...others] = records;
  if (!first || others.includes(null)) return null;
  const samples: SentRecord['samples'] = Object.assign({}, ...records.map((record) => record?.samples));
  return withSamples(samples, (source): Received => {
    if (first.kind === 'comparison') {
      const comparison = { ...first.comparison, ...said };
      return { kind: 'comparison', comparison, kept: keepComparison(project, comparison, source) };
    }
    const parts = records.filter((record) => record?.kind === 'suite') as unknown as [Suite, ...Suite[]];
    const comparison = { ...(others.length === 0 ? first.comparison : joinedSuite(parts)), ...said };
    return { kind: 'suite', comparison, kept: keepSuite(project, comparison, source) };
  });
}

type Samples = Pick<SentRecord, 'samples'>;
type Suite = { kind: 'suite'; comparison: SuiteComparison } & Samples;
type Read = ({ kind: 'comparison'; comparison: Comparison } & Samples) | Suite;

/**
 * Reads the record of the measurement from one answer, checks the record, and adds the host. Null if the answer contains no record.
 * @throws fleet_answer_invalid
 */
function recordOf({ answer, host, class: name, part }: PartAnswer): Read | null {
  if (answer.record === null) return null;
  const invalid = (reason: string) => failure('fleet_answer_invalid', { host, reason });
  const sent = sentRecord.safeParse(parsed(answer.record, host));
  if (!sent.success) throw invalid('its record is not valid');
  const { kind, data, samples } = sent.data;
  const read = { comparison: comparisonRecord, suite: suiteRecord }[kind].safeParse(data);
  if (!read.success) throw invalid(`its record is not a valid ${kind}`);
  // The record's id and number are left out, because they are valid only on the other machine.
  const { comparison: _, suite: _suite, nth: _nth, ...whole } = read.data as Record<string, unknown>;
  if (!isDeepStrictEqual(whole.part ?? wholeSuite, part))
    throw invalid('its record contains another part of the suite than the job requested');
  return { kind, comparison: { ...whole, host, class: name }, samples } as unknown as Read;
}

function parsed(text: string, host: string): Record<string, unknown> {
  const found = objectIn(text);
  if (found) return found;
  throw failure('fleet_answer_invalid', { host, reason: 'it is not JSON' });
}

/**
 * Writes the samples to a temporary folder, calls `act`, and deletes the folder. The worker has already removed all secrets from the
 * samples.
 */
function withSamples<T>(samples: SentRecord['samples'], act: (source: Source) => T): T {
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    for (const [name, text] of Object.entries(samples)) writeWhole(join(folder, name), text);
    return act({ samples: folder, redact: (text) => text });
  } finally {
    remove(folder);
  }
}
