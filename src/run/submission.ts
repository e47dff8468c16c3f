import { existsSync } from 'node:fs';
import { readArtifact } from '../artifact/artifact.ts';
import { failure } from '../core/errors.ts';
import type { RunState, Submission } from '../record/state.ts';

/** Reads what an actor hands in; refuses, naming the field, what is malformed, stale, for another run, or has an unknown result. */
export function readSubmission(file: string, state: RunState, results: string[]): Submission {
  if (!existsSync(file)) throw failure('artifact_missing', { file });
  const { data, body } = readArtifact(file);
  const wrong = (field: string, expected: string) =>
    failure('artifact_invalid', {
      file,
      field,
      expected,
      found: data[field] === undefined ? 'nothing' : JSON.stringify(data[field]),
    });
  if (data.run !== undefined && data.run !== state.run) throw wrong('run', state.run);
  if (data.stage !== state.stage) throw wrong('stage', state.stage);
  if (data.epoch !== state.epoch)
    throw failure('artifact_stale', { file, found: JSON.stringify(data.epoch ?? 'missing'), epoch: state.epoch });
  if (typeof data.result !== 'string' || !results.includes(data.result))
    throw wrong('result', `one of ${results.join(', ')}`);
  return { file, result: data.result, draft: data, body };
}
