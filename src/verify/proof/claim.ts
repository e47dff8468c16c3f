import type { Contract } from '../../contract/schema/contract.ts';
import type { Verdict } from '../../experiment/judged.ts';
import type { ComparisonRecord } from '../../record/comparison.ts';
import type { Proof } from './form.ts';
import type { Summary } from './summary.ts';

/** What a proof says of two commits, and by which contract it can be asked again. */
export type Claim = {
  base: string;
  head: string;
  verdict: Verdict;
  /** Positive is better; null where nothing was measured to the end. */
  improvement_pct: number | null;
  contract: Contract;
  /** Patterns that are protected besides those of the contract. */
  sealed: string[];
};

/** The record of a comparison; null for a run, and for a suite. */
export const recordOf = (evidence: Proof['evidence']): ComparisonRecord | null =>
  evidence.of === 'comparison' ? evidence.record : null;

/** Why two commits cannot be measured again, in words; else what is to be measured. */
export type Replayable = { claim: Claim; why: null } | { claim: null; why: string };

const no = (why: string): Replayable => ({ claim: null, why });

const isCommit = (text: string) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/**
 * What can be measured again: the commits of a comparison; of a run all that it kept, from the commit that it began on, else its last
 * attempt.
 */
export function claimOf(summary: Summary, evidence: Proof['evidence']): Replayable {
  if (recordOf(evidence)?.of === 'commands')
    return no('it compares two commands of a folder, and nothing says what the folder held');
  const { contract, changes, sealed } = summary;
  const kept = changes.filter(({ commit }) => commit !== null).at(-1);
  const last = kept ?? changes.at(-1);
  if (!contract || !last) return no('nothing was judged in it');
  const base = kept ? summary.base : last.base!.commit;
  const head = kept?.commit ?? last.snapshot!.commit;
  if (!isCommit(base)) return no(`its base is no commit: it was measured before, and saved in ${base}`);
  if (JSON.stringify(contract.parsed).includes('[redacted]'))
    return no('its contract holds a secret, which is not in the file');
  const improvement_pct = (kept && summary.improvement_pct) ?? last.improvement_pct;
  const { parsed } = contract;
  return { why: null, claim: { base, head, verdict: last.verdict, improvement_pct, contract: parsed, sealed } };
}
