import { stringifyContract } from '../../contract/parse.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';
import type { Caveat } from '../../experiment/caveats/caveat.ts';
import type { Verdict } from '../../experiment/judged.ts';
import type { ComparisonRecord } from '../../record/comparison.ts';
import { attemptsOf, firstTip, hasContract, scopingOf } from '../../record/history.ts';
import { type OutcomeName, outcomeOf } from '../../record/outcome.ts';
import { lastStep, type RunState, stepsOf } from '../../record/state.ts';
import type { SuiteRecord } from '../../record/suite.ts';

/** A judged change. `commit`: the attempt's commit. Null if the change was not kept or is not a commit. `snapshot`: the measured tree. */
export type JudgedChange = {
  attempt: number | null;
  verdict: Verdict;
  reasons: string[];
  improvement_pct: number | null;
  /** The caveats of an accepted change. */
  told: Caveat[];
  commit: string | null;
  base: { commit: string; tree: string } | null;
  snapshot: { commit: string; tree: string } | null;
};

/** The most important facts of a proof, derived from its evidence alone. */
export type Summary = {
  /** The outcome of the run or comparison. Null while a run continues. */
  verdict: OutcomeName | null;
  /** The total improvement of a run's kept changes, or the improvement of a comparison. Null if it was not measured. */
  improvement_pct: number | null;
  /** The commit (or the command) with which the changes are compared. */
  base: string;
  changes: JudgedChange[];
  /** The contract. Null if a run ended before it had one. `text`: the contract as YAML, as a list of lines. */
  contract: { hash: string; approved_by: string | null; text: string[]; parsed: Contract } | null;
  /** SHA-256 of each protected file, the patterns that are protected by default, and SHA-256 of each git setting. */
  protected: Record<string, string>;
  sealed: string[];
  git_settings: Record<string, string>;
  environments: object[];
};

const contractIn = (contract: Contract, approved_by: string | null) => ({
  hash: hashContract(contract),
  approved_by,
  text: stringifyContract(contract).trimEnd().split('\n'),
  parsed: contract,
});

export function summaryOfRun(state: RunState): Summary {
  const scoping = hasContract(state) ? scopingOf(state) : null;
  const attempts = attemptsOf(state);
  return {
    verdict: outcomeOf(state.ended, attempts),
    improvement_pct: lastStep(state, 'report')?.data.total?.improvement_pct ?? null,
    base: firstTip(state),
    changes: attempts.map(({ attempt, verdict, reasons, primary, told, commit, kept, base, snapshot }) => ({
      attempt,
      verdict,
      reasons: reasons.map(({ code }) => code),
      improvement_pct: primary?.improvement_pct ?? null,
      told,
      commit: kept ? commit : null,
      base,
      snapshot,
    })),
    contract: scoping && contractIn(scoping.contract, scoping.approved_by),
    protected: scoping?.protected ?? {},
    sealed: scoping?.sealed ?? [],
    git_settings: scoping?.git_settings ?? {},
    environments: stepsOf(state, 'baseline').map(({ data }) => data.environment),
  };
}

/**
 * Summarizes a suite as one change. The reasons are the verdicts of all benchmarks, and the improvement is the
 * geometric mean of all benchmarks.
 */
export function summaryOfSuite({ verdict, benchmarks, geometric_mean, base, head, ...record }: SuiteRecord): Summary {
  const improvement_pct = geometric_mean?.improvement_pct ?? null;
  const reasons = benchmarks.map(({ name, answer }) => `${name}: ${answer}`);
  return {
    verdict,
    improvement_pct,
    base,
    changes: [{ attempt: null, verdict, reasons, improvement_pct, told: [], commit: head, base: null, snapshot: null }],
    contract: contractIn(record.contract as Contract, null),
    protected: {},
    sealed: [],
    git_settings: {},
    environments: record.environment === null ? [] : [record.environment],
  };
}

export function summaryOfComparison(record: ComparisonRecord): Summary {
  const { verdict, reasons, primary, base, head, contract, environment } = record;
  return {
    verdict,
    improvement_pct: primary?.improvement_pct ?? null,
    base,
    changes: [
      {
        attempt: null,
        verdict,
        reasons: reasons.map(({ code }) => code),
        improvement_pct: primary?.improvement_pct ?? null,
        told: record.told,
        commit: record.of === 'commits' ? head : null,
        base: null,
        snapshot: null,
      },
    ],
    contract: contractIn(contract, null),
    protected: {},
    sealed: [],
    git_settings: {},
    environments: environment === null ? [] : [environment],
  };
}
