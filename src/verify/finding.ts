import { isFailure } from '../core/errors.ts';

/**
 * A contradiction in a run or a proof. `where` is its place: a file of the run (with a line, or a field in the file), a ref, a commit, or a
 * field of a proof.
 */
export type Finding = { code: FindingCode; where: string; expected: unknown; found: unknown };

/** A fact that is worth knowing, but no contradiction. */
export type Note = { code: NoteCode; where: string };

export type FindingCode =
  | 'journal_damaged'
  | 'journal_impossible'
  | 'journal_short'
  | 'summary_differs'
  | 'contract_hash'
  | 'protected_changed'
  | 'protected_committed'
  | 'artifact_missing'
  | 'artifact_frontmatter'
  | 'artifact_body'
  | 'artifact_unnamed'
  | 'report_changed'
  | 'samples_missing'
  | 'samples_changed'
  | 'samples_unnamed'
  | 'sample_unreadable'
  | 'sample_unchained'
  | 'sample_out_of_schedule'
  | 'samples_incomplete'
  | 'metric_differs'
  | 'session_differs'
  | 'confirmation_missing'
  | 'verdict_differs'
  | 'total_differs'
  | 'ref_missing'
  | 'ref_moved'
  | 'attempt_differs'
  | 'commit_missing'
  | 'commit_not_on_branch'
  | 'commit_differs'
  | 'commit_message'
  | 'commit_unknown'
  | 'proof_changed'
  | 'replay_differs'
  | 'elsewhere_missing'
  | 'elsewhere_differs'
  | 'not_checkable';

export type NoteCode =
  | 'torn_tail'
  | 'approved_elsewhere'
  | 'not_ended'
  | 'artifact_unfinished'
  | 'nothing_else_checked'
  | 'commit_not_here'
  | 'other_machine'
  | 'replay_disagrees'
  | 'elsewhere_disagrees';

/**
 * The finding for data that no run writes and that cannot be checked. If the error comes from the machine and not from the data, throws the
 * error again.
 */
export function notCheckable(where: string, error: unknown): Finding {
  const ofTheRun = !isFailure(error) || isFailure(error, 'git_failed') || isFailure(error, 'samples_damaged');
  if (!ofTheRun) throw error;
  return { code: 'not_checkable', where, expected: 'what a run leaves', found: (error as Error).message };
}

/**
 * Up to this relative difference, two numbers count as equal, because floating-point results can differ between machines in their last
 * digits.
 */
const TOLERANCE = 1e-9;

export type Difference = { path: string; expected: unknown; found: unknown };

/**
 * Compares two values as JSON, and returns the innermost values that differ. Values that JSON cannot express (undefined, infinity) equal
 * null.
 */
export function differences(expected: unknown, found: unknown, path = ''): Difference[] {
  const [a, b] = [plain(expected), plain(found)];
  if (typeof a === 'object' && typeof b === 'object' && a && b && Array.isArray(a) === Array.isArray(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    const at = (value: object, key: string) => (value as Record<string, unknown>)[key];
    return keys.flatMap((key) => differences(at(a, key), at(b, key), path ? `${path}.${key}` : key));
  }
  return isSame(a, b) ? [] : [{ path, expected: a, found: b }];
}

/** Converts differences to findings of one code, at the fields of a file. */
export function findingsOf(code: FindingCode, where: string, differing: readonly Difference[]): Finding[] {
  const at = (path: string) => (path === '' ? where : `${where}${where.includes(' ') ? '.' : ' '}${path}`);
  return differing.map(({ path, ...rest }) => ({ code, where: at(path), ...rest }));
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
