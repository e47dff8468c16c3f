import type { Contract } from '../../contract/schema/contract.ts';
import type { Verdict } from '../../experiment/judged.ts';
import type { ComparisonRecord } from '../../record/comparison.ts';
import type { Proof } from './form.ts';
import type { Summary } from './summary.ts';

/** The claim of a proof: two commits, their verdict, and the contract by which the commits can be measured again. */
export type Claim = {
  base: string;
  head: string;
  verdict: Verdict;
  /** The improvement in per cent. Positive is better. Null if no session was measured to the end. */
  improvement_pct: number | null;
  contract: Contract;
  /** The patterns that perf-gate protects in addition to the contract's patterns. */
  sealed: string[];
};

/** The record of a comparison. Null if the proof is about a run or a suite. */
export const recordOf = (evidence: Proof['evidence']): ComparisonRecord | null =>
  evidence.of === 'comparison' ? evidence.record : null;

/** The claim if it can be measured again, else a sentence with the reason why it cannot. */
export type Replayable = { claim: Claim; why: null } | { claim: null; why: string };

const no = (why: string): Replayable => ({ claim: null, why });

const isCommit = (text: string) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/**
 * The commits that can be measured again. For a comparison, these are its two commits. For a run that kept a change, these are its first
 * and final commits. For any other run, these are the commits of its last attempt.
 */
export function claimOf(summary: Summary, evidence: Proof['evidence']): Replayable {
  if (recordOf(evidence)?.of === 'commands')
    return no('it compares two commands, and perf-gate did not record the files of the folder where they ran');
  const { contract, changes, sealed } = summary;
  const kept = changes.filter(({ commit }) => commit !== null).at(-1);
  const last = kept ?? changes.at(-1);
  if (!contract || !last) return no('it contains no verdict');
  const base = kept ? summary.base : last.base!.commit;
  const head = kept?.commit ?? last.snapshot!.commit;
  if (!isCommit(base)) return no(`its base is not a commit but a saved baseline (${base})`);
  if (JSON.stringify(contract.parsed).includes('[redacted]'))
    return no('its contract contains a secret, which perf-gate did not write into the proof');
  const improvement_pct = (kept && summary.improvement_pct) ?? last.improvement_pct;
  const { parsed } = contract;
  return { why: null, claim: { base, head, verdict: last.verdict, improvement_pct, contract: parsed, sealed } };
}
