import { cut, oneLine } from '../../../core/text.ts';
import type { Finding, FindingCode, Note, NoteCode } from '../../../verify/finding.ts';

type Words = (f: { expected: string; found: string }) => string;

const differs =
  (what: string): Words =>
  ({ expected, found }) =>
    `${what}: ${found}, should be ${expected}`;

/** Every finding as half a sentence; the place that it is about stands before it. */
const sentences: Record<FindingCode, Words> = {
  journal_damaged: () => 'this line was changed or damaged, or a line before it is missing',
  journal_impossible: ({ expected, found }) => `${found} cannot follow here, only ${expected}`,
  journal_short: ({ expected, found }) => `the run had reached epoch ${expected}, but its journal ends at ${found}`,
  summary_differs: differs('the summary differs from the journal'),
  contract_hash: differs('this is not the contract that was sealed'),
  protected_changed: ({ found }) => `a protected file differs from what was sealed (${found})`,
  protected_committed: () => 'a protected file was changed on the branch',
  artifact_missing: () => 'the artifact is missing',
  artifact_frontmatter: differs('this differs from what the journal recorded'),
  artifact_body: () => 'the text was changed after it was written',
  artifact_unnamed: () => 'no transition of the run wrote this file',
  report_changed: () => 'the report was changed after it was written, or is missing',
  samples_missing: () => 'the samples are missing',
  samples_changed: () => 'the samples differ from those that were recorded',
  samples_unnamed: () => 'no session that was judged has these samples',
  sample_unchained: () => 'this row, or the one before, is not the one that was written',
  sample_unreadable: () => 'this row is not a sample',
  sample_out_of_schedule: differs('this is not the execution that the schedule has here'),
  samples_incomplete: ({ found }) => `the session cannot have ended after ${found} executions`,
  metric_differs: differs('this differs from what the execution gave'),
  session_differs: differs('this differs from what the samples say'),
  confirmation_missing: () => 'the screen passed, but no confirmation was measured',
  verdict_differs: differs('this is not the verdict on these samples'),
  total_differs: differs('this differs from what the samples say'),
  ref_missing: () => 'the snapshot of the attempt is missing (`perf-gate gc` drops those of old runs)',
  ref_moved: differs('the ref names another commit'),
  attempt_differs: differs('this differs from what the snapshot holds'),
  commit_missing: ({ expected }) => `the commit of ${expected} is missing`,
  commit_not_on_branch: ({ expected }) => `the commit of ${expected} is not on the branch`,
  commit_differs: differs('the commit does not hold the attempt as it was measured'),
  commit_message: differs('the message differs from the one that was written'),
  commit_unknown: ({ found }) =>
    `the commit says that it keeps ${found} of this run, but the journal has no such attempt`,
  proof_changed: () => 'the file is not as it was written: a byte of it was changed, or the seal',
  replay_differs: differs('this replay measured something else'),
  elsewhere_missing: ({ expected }) =>
    `the verdict was to hold on another class too (${expected}), and the comparison there is not in the file`,
  elsewhere_differs: differs('this is not the comparison on the other class'),
  not_checkable: ({ found }) => `this cannot be checked: ${found}`,
};

const notes: Record<NoteCode, (where: string) => string> = {
  torn_tail: (where) => `${where} is torn, as a crash leaves it; it never counted`,
  approved_elsewhere: () =>
    'the contract was approved on another machine or in another clone; nothing runs before it is approved here',
  not_ended: (where) => `the run is not over (it stands at ${where}); later stages were not checked`,
  artifact_unfinished: (where) => `${where} belongs to no transition yet; it is written again when the run goes on`,
  commit_not_here: (where) => `not measured again: the commit ${where} is not in this repository (fetch it)`,
  other_machine: (where) => `this is another machine than that of the proof: ${where}`,
  replay_disagrees: (where) => `a replay came to another verdict than the proof: ${where}`,
  elsewhere_disagrees: (where) => `the other class came to another verdict: ${where}`,
  nothing_else_checked: () => 'everything else is checked against it, so nothing else was checked',
};

/** Whether it all holds, with every finding and note on a line; `counts` says how much was checked. */
export function judgedText(
  name: string,
  { holds, findings, notes }: { holds: boolean; findings: readonly Finding[]; notes: readonly Note[] },
  counts: string,
): string {
  const many = findings.length === 1 ? 'One thing does not hold' : `${findings.length} things do not hold`;
  return [
    holds ? `${name}: everything holds (${counts}).` : `${name}: ${many} (checked: ${counts}):`,
    ...findings.map((f) => `  ${oneLine(f.where)}: ${findingText(f)} [${f.code}]`),
    ...notes.map((n) => `  note: ${noteText(n)}`),
  ].join('\n');
}

function findingText({ code, expected, found }: Finding): string {
  return sentences[code]({ expected: shown(expected), found: shown(found) });
}

const noteText = ({ code, where }: Note) => notes[code](oneLine(where));

/** A value on one line of at most 80 characters. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text === 'null' ? 'nothing' : cut(oneLine(text), 80);
}
