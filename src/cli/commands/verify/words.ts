import { cut, oneLine } from '../../../core/text.ts';
import type { Finding, FindingCode, Note, NoteCode } from '../../../verify/finding.ts';

type Words = (f: { expected: string; found: string }) => string;

const differs =
  (what: string): Words =>
  ({ expected, found }) =>
    `${what}: ${found}, should be ${expected}`;

/** Every finding as half a sentence about the place that is named before it. */
const sentences: Record<FindingCode, Words> = {
  journal_damaged: () => 'this line was changed or damaged, or one before it is gone',
  journal_impossible: ({ expected, found }) => `${found} cannot stand here, only ${expected}`,
  journal_short: ({ expected, found }) => `the run had come to epoch ${expected}, and its journal ends at ${found}`,
  summary_differs: differs('the summary is not that of the journal'),
  contract_hash: differs('the contract is not the one that was sealed'),
  protected_changed: ({ found }) => `a protected file is not what was sealed (${found})`,
  protected_committed: () => 'a protected file was changed on the branch',
  artifact_missing: () => 'the artifact is gone',
  artifact_frontmatter: differs('not what the journal recorded'),
  artifact_body: () => 'the text was changed after it was written',
  artifact_unnamed: () => 'no transition of the run made this file',
  report_changed: () => 'the report was changed after it was written, or is gone',
  samples_missing: () => 'the samples are gone',
  samples_changed: () => 'the samples are not those that were recorded',
  sample_unreadable: () => 'this row is no sample',
  sample_out_of_schedule: differs('not the execution that the schedule has here'),
  samples_incomplete: ({ found }) => `the session cannot have ended after ${found} executions`,
  metric_differs: differs('not what was read from the execution'),
  session_differs: differs('not what the samples say'),
  confirmation_missing: () => 'the screen passed, and no confirmation was measured',
  verdict_differs: differs('not the verdict on these samples'),
  total_differs: differs('not what the samples say'),
  ref_missing: () => 'the snapshot of the attempt is gone (`perf-gate gc` drops those of old runs)',
  ref_moved: differs('the ref names another commit'),
  attempt_differs: differs('not what the snapshot holds'),
  commit_missing: ({ expected }) => `the commit of ${expected} is gone`,
  commit_not_on_branch: ({ expected }) => `the commit of ${expected} is not on the branch`,
  commit_differs: differs('the commit does not hold the attempt as it was measured'),
  commit_message: differs('the message is not the one that was written'),
  commit_unknown: ({ found }) =>
    `the commit says that it keeps ${found} of this run, and the journal knows nothing of it`,
  not_checkable: ({ found }) => `it cannot be checked: ${found}`,
};

const notes: Record<NoteCode, (where: string) => string> = {
  torn_tail: (where) => `${where} is torn, as a crash leaves it; it never counted`,
  approved_elsewhere: () =>
    'the contract was approved on another machine or in another clone; nothing is run before it is approved here',
  not_ended: (where) => `the run goes on (it stands at ${where}); what is still to come was not checked`,
  artifact_unfinished: (where) => `${where} belongs to no transition yet; it is written anew when the run goes on`,
  nothing_else_checked: () => 'everything else is compared with the journal, so nothing else was checked',
};

export function findingText({ code, expected, found }: Finding): string {
  return sentences[code]({ expected: shown(expected), found: shown(found) });
}

export const noteText = ({ code, where }: Note) => notes[code](where);

/** Values on one line, and not too long for it. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text === 'null' ? 'nothing' : cut(oneLine(text), 80);
}
