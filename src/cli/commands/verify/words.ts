import { cut, oneLine } from '../../../core/text.ts';
import type { Finding, FindingCode, Note, NoteCode } from '../../../verify/finding.ts';

type Words = (f: { expected: string; found: string }) => string;

const differs =
  (what: string): Words =>
  ({ expected, found }) =>
    `${what}: ${found}, should be ${expected}`;

/** The text of each kind of finding. The subject of the finding, such as a line of a file, is printed before the text. */
const sentences: Record<FindingCode, Words> = {
  journal_damaged: () => 'this line was changed or damaged, or a line before it is missing',
  journal_impossible: ({ expected, found }) => `${found} cannot follow here, only ${expected}`,
  journal_short: ({ expected, found }) =>
    `according to this file, the run made ${expected} transitions, but the journal holds only ${found}`,
  summary_differs: differs('the summary differs from the journal'),
  contract_hash: differs('this is not the contract that was sealed'),
  protected_changed: ({ found }) => `a protected file differs from its sealed version (${found})`,
  protected_committed: () => 'a protected file was changed on the branch',
  artifact_missing: () => 'the artifact is missing',
  artifact_frontmatter: differs('the frontmatter differs from the journal’s record'),
  artifact_body: () => 'the text was changed after it was written',
  artifact_unnamed: () => 'no transition of the run wrote this file',
  report_changed: () => 'the report was changed after it was written, or is missing',
  samples_missing: () => 'the samples are missing',
  samples_changed: () => 'the samples differ from those that were recorded',
  samples_unnamed: () => 'no judged session has these samples',
  sample_unchained: () => 'this line of samples, or the line before it, was changed after it was written',
  sample_unreadable: () => 'this line is not a sample',
  sample_out_of_schedule: differs('this execution differs from the scheduled execution'),
  samples_incomplete: ({ found }) => `the session cannot have ended after ${found} executions`,
  metric_differs: differs('the metric differs from the execution’s result'),
  session_differs: differs('the recorded result differs from the result that the samples give'),
  confirmation_missing: () => 'the screen passed, but no confirmation was measured',
  verdict_differs: differs('the recorded verdict differs from the verdict that the samples give'),
  total_differs: differs('the recorded total differs from the total that its samples give'),
  ref_missing: () => 'the snapshot of the attempt is missing (`perf-gate gc` drops snapshots of old runs)',
  ref_moved: differs('the ref names another commit'),
  attempt_differs: differs('the record differs from the snapshot of the attempt'),
  commit_missing: ({ expected }) => `the commit of ${expected} is missing`,
  commit_not_on_branch: ({ expected }) => `the commit of ${expected} is not on the branch`,
  commit_differs: differs('the content of the commit is not the measured attempt'),
  commit_message: differs('the commit message differs from the message that perf-gate wrote'),
  commit_unknown: ({ found }) =>
    `according to its message, the commit holds ${found} of this run, but the journal has no such attempt`,
  proof_changed: () => 'the file or its seal was changed after it was written',
  replay_differs: differs('the replay does not measure what the proof claims'),
  elsewhere_missing: ({ expected }) =>
    `the verdict had to hold on another class too (${expected}), but the comparison on that class is not in the file`,
  elsewhere_differs: differs('the comparison on the other class does not match this comparison'),
  not_checkable: ({ found }) => `this cannot be checked: ${found}`,
};

const notes: Record<NoteCode, (where: string) => string> = {
  torn_tail: (where) => `${where} is incomplete because of a crash, and was never used`,
  approved_elsewhere: () =>
    'the contract was approved on another machine or in another clone; its commands run here only after an approval on this machine',
  not_ended: (where) => `the run is not over (its stage is ${where}); later stages were not checked`,
  artifact_unfinished: (where) =>
    `${where} belongs to a stage that is not complete; when the run goes on, perf-gate writes the file again`,
  commit_not_here: (where) => `not measured again: the commit ${where} is not in this repository (fetch it)`,
  other_machine: (where) => `this machine differs from the proof’s: ${where}`,
  replay_disagrees: (where) => `a replay has another verdict than the proof: ${where}`,
  elsewhere_disagrees: (where) => `the other class has another verdict: ${where}`,
  nothing_else_checked: () => 'all other checks depend on this one, so they were skipped',
};

/** A sentence that says whether all checks passed, and a line for each finding and note. `counts`: how much was checked, in words. */
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

/** An expected or found value, on one line of at most 80 characters. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text === 'null' ? 'nothing' : cut(oneLine(text), 80);
}
