import { scanText } from '../../artifact/journal.ts';
import { hashContract } from '../../contract/seal.ts';
import { isSuite } from '../../contract/suite.ts';
import type { SessionData } from '../../experiment/judged.ts';
import { type RunState, stepsOf } from '../../record/state.ts';
import { checkComparison, sessionsOfComparison } from '../comparison.ts';
import { checkContractHash } from '../contract.ts';
import { type Checked, type Evidence, type ReadSamples, readJournalOf } from '../evidence.ts';
import { differences, type Finding, findingsOf, type Note, notCheckable } from '../finding.ts';
import { checkJudgements } from '../judgements.ts';
import { checkSuite } from '../suite.ts';
import type { Counts } from '../verify.ts';
import { claimOf, type Replayable, recordOf } from './claim.ts';
import { checkElsewhere, notesElsewhere } from './elsewhere.ts';
import type { ComparisonPart, Proof, RunPart, SuitePart } from './form.ts';
import { type Summary, summaryOfComparison, summaryOfRun, summaryOfSuite } from './summary.ts';
import { proofIn } from './text.ts';

/** The result of judging the evidence in a proof. */
export type JudgedProof = {
  /** True if the checks found no contradiction. */
  holds: boolean;
  findings: Finding[];
  notes: Note[];
  checked: Counts;
  /** The most important facts of the proof, such as outcome and improvement. Null if the evidence cannot be read. */
  summary: Summary | null;
};

type Part = Checked & Partial<Counts> & { summary: Summary | null };

/**
 * Judges a proof again: seal, journal, contract, samples and verdicts. Each further measurement (replay) in the proof is judged too.
 * `proof` is null if the file was changed after it was written, because then no data in the file is reliable.
 * @throws proof_unreadable
 */
export function judgeProof(bytes: Buffer, file: string): JudgedProof & { proof: Proof | null } {
  const proof = proofIn(bytes, file);
  if (proof) return { proof, ...judged(proof) };
  const where = 'seal';
  const changed: Part = {
    findings: [{ code: 'proof_changed', where, expected: 'the hash of all bytes before the seal', found: 'another' }],
    notes: [{ code: 'nothing_else_checked', where }],
    summary: null,
  };
  return { proof, ...together([changed], null) };
}

function judged(proof: Proof): JudgedProof {
  const { evidence, elsewhere, id } = proof;
  const part = judgeEvidence(evidence, id);
  const record = recordOf(evidence);
  const named = evidence.of === 'suite' ? evidence.record.suite : (record?.comparison ?? id);
  const own = findingsOf('summary_differs', 'id', differences(named, id));
  const { summary } = part;
  const shown = (from: Summary) => findingsOf('summary_differs', 'summary', differences(from, proof.summary));
  const replays = proof.replays.map((replay, i) =>
    attempt(() => judgeReplay(replay, `replays.${i}`, summary && claimOf(summary, evidence)), `replays.${i}`),
  );
  const other = elsewhere ? [attempt(() => inside(judgeEvidence(elsewhere, id), 'elsewhere'), 'elsewhere')] : [];
  const head = attempt(
    () => ({
      findings: [...own, ...checkElsewhere(proof), ...(summary ? shown(summary) : [])],
      notes: notesElsewhere(proof),
      summary,
    }),
    'summary',
  );
  return together([head, part, ...other, ...replays], summary);
}

function together(parts: readonly Omit<Part, 'summary'>[], summary: Summary | null): JudgedProof {
  const { findings, notes, ...checked } = sum(parts);
  return { holds: findings.length === 0, findings, notes, checked, summary };
}

function sum(parts: readonly (Checked & Partial<Counts>)[]): Required<Checked> & Counts {
  const of = (name: keyof Counts) => parts.reduce((n, part) => n + (part[name] ?? 0), 0);
  return {
    findings: parts.flatMap((part) => part.findings),
    notes: parts.flatMap(({ notes = [] }) => notes),
    records: of('records'),
    transitions: of('transitions'),
    sessions: of('sessions'),
    samples: of('samples'),
    commits: of('commits'),
  };
}

function judgeEvidence(evidence: Proof['evidence'], id: string): Part {
  if (evidence.of === 'run') return judgeRun(evidence, id);
  return evidence.of === 'suite' ? judgeSuite(evidence) : judgeComparison(evidence, 'comparison.md');
}

function judgeSuite({ record, samples }: SuitePart): Part {
  return attempt(() => {
    const checked = checkSuite(record, readerOf(samples), Object.keys(samples));
    return { findings: checked.findings, samples: checked.samples, sessions: 1, summary: summaryOfSuite(record) };
  }, 'suite.md');
}

function judgeRun({ folder, journal, samples }: RunPart, id: string): Part {
  const { run, ...read } = readJournalOf(id, scanText(textOfLines(journal)), 'journal.jsonl');
  if (!run) return { ...read, summary: null };
  const { records, made, state } = run;
  const evidence: Evidence = { ...run, prefix: folder, samples: readerOf(samples) };
  return attempt(
    () => ({
      ...sum([read, checkContractHash(evidence), checkJudgements(evidence), unnamed(samples, sessionsOfRun(state))]),
      records,
      transitions: made.length,
      summary: summaryOfRun(state),
    }),
    'journal.jsonl',
  );
}

function judgeComparison({ record, samples }: ComparisonPart, where: string): Part {
  return attempt(() => {
    const checked = checkComparison(record, readerOf(samples), where);
    const others = unnamed(samples, sessionsOfComparison(record));
    return { ...sum([checked, others]), summary: summaryOfComparison(record) };
  }, where);
}

/** Forged data with valid hashes can have any form, and can therefore cause any error. */
function attempt(judge: () => Part, where: string): Part {
  try {
    return judge();
  } catch (error) {
    return { findings: [notCheckable(where, error)], summary: null };
  }
}

/** Judges a replay like any comparison. Also checks that the replay measured the commits of this proof's claim by the same contract. */
function judgeReplay(replay: Proof['replays'][number], where: string, asked: Replayable | null): Part {
  const claim = asked?.claim ?? null;
  const { base, head, contract_hash, verdict } = replay.record;
  const { id, of, against } =
    replay.of === 'suite'
      ? { id: replay.record.suite, of: 'suite', against: null }
      : { id: replay.record.comparison, of: replay.record.of, against: replay.record.against };
  const expected = {
    of: claim && isSuite(claim.contract) ? 'suite' : 'commits',
    base: claim?.base,
    head: claim?.head,
    against: null,
    contract_hash: claim && hashContract(claim.contract),
  };
  const part = replay.of === 'suite' ? judgeSuite(replay) : judgeComparison(replay, where);
  const disagrees = claim !== null && verdict !== claim.verdict;
  return {
    ...part,
    notes: disagrees ? [{ code: 'replay_disagrees', where: `${verdict} (${id})` }] : [],
    findings: [
      ...findingsOf('replay_differs', where, differences(expected, { of, base, head, against, contract_hash })),
      ...inside(part, where).findings,
    ],
  };
}

/** Adds the name of a part of the proof to the beginning of the `where` of each finding. */
const inside = (part: Part, where: string): Part => ({
  ...part,
  findings: part.findings.map((f) => (f.where.startsWith(where) ? f : { ...f, where: `${where} ${f.where}` })),
});

/** The sessions that decide a run's judgements. */
export function sessionsOfRun(state: RunState): string[] {
  const sessions: (SessionData | null)[] = [
    ...stepsOf(state, 'baseline').flatMap(({ data }) => data.aa),
    ...stepsOf(state, 'remeasure').flatMap(({ data }) => [data.screen, data.confirmation]),
    ...stepsOf(state, 'report').map(({ data }) => data.session),
  ];
  return sessions.flatMap((session) => (session ? [session.session] : []));
}

/** Returns findings for samples that belong to no session. */
function unnamed(samples: Record<string, string[]>, sessions: readonly string[]): Checked {
  const names = Object.keys(samples).filter((name) => !sessions.includes(name));
  return {
    findings: names.map((name) => ({
      code: 'samples_unnamed',
      where: `samples/${name}.jsonl`,
      expected: null,
      found: `${samples[name]!.length} lines`,
    })),
  };
}

const textOfLines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

const readerOf =
  (samples: Record<string, string[]>): ReadSamples =>
  (session) =>
    Object.hasOwn(samples, session) ? textOfLines(samples[session]!) : null;
