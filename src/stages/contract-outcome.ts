import { contractMarkdown } from '../contract/markdown.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import type { Preflight, ScopingData } from '../record/data.ts';
import type { Outcome } from '../record/state.ts';
import { preflightText } from '../report/markdown/preflight.ts';
import type { Recon } from '../scoping/recon/recon.ts';

type Proposed = { contract: Contract; repo_context: object; preflight: Preflight | null };

/** `mark` binds the approval to this machine; `sealed` holds the SHA-256 of each protected file, by its path in the project. */
type Approval = { by: string; mark: string; sealed: Record<string, string> };

/** The outcome of the stage `scoping`: `pending` until a person approves the contract. */
export function contractOutcome(
  { contract, repo_context, preflight }: Proposed,
  approval: Approval | null,
): Outcome<ScopingData> {
  const data: ScopingData = {
    contract,
    contract_hash: hashContract(contract),
    protected: approval?.sealed ?? {},
    repo_context: repo_context as Record<string, unknown>,
    preflight,
    approved_by: approval?.by ?? null,
    approval: approval?.mark ?? null,
  };
  const values = {
    contract: contractMarkdown(contract, repo_context),
    preflight: preflight
      ? preflightText(preflight, contract)
      : 'Not run yet: it needs the consent of a person (`perf-gate approve` or `perf-gate preflight`).',
    approval: approval
      ? `Approved by ${approval.by}. The contract is sealed as \`${data.contract_hash.slice(0, 16)}\`, with ${Object.keys(approval.sealed).length} protected files.`
      : 'Pending: a person approves with `perf-gate approve`.',
  };
  return { result: approval ? 'approved' : 'pending', data, values };
}

/** The facts about the repository that the artifact shows. */
export function repoContext({ language, runtime, package_manager, existing_benchmarks }: Recon): object {
  return { language, runtime, package_manager, existing_benchmarks };
}
