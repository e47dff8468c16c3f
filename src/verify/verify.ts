import type { World } from '../core/world.ts';
import type { Repo } from '../git/repo.ts';
import { approvalOf } from '../run/approval.ts';
import { checkArtifacts } from './artifacts.ts';
import { checkCommits } from './commits.ts';
import { checkContract } from './contract.ts';
import { type Checked, type EvidenceInPlace, readEvidence } from './evidence.ts';
import { type Finding, type Note, notCheckable } from './finding.ts';
import { checkJudgements } from './judgements.ts';

export type Verification = {
  run: string;
  /** True if the checks found no contradiction. */
  holds: boolean;
  findings: Finding[];
  notes: Note[];
  checked: Counts;
};

/** The number of checked items of each type. */
export type Counts = { records: number; transitions: number; sessions: number; samples: number; commits: number };
type Check = (evidence: EvidenceInPlace) => Promise<Checked & Partial<Counts>> | (Checked & Partial<Counts>);

/** The checks that follow the check of the journal. Each check compares the journal with something else that the run left behind. */
const checks: Record<string, Check> = {
  contract: checkContract,
  artifacts: checkArtifacts,
  judgements: checkJudgements,
  commits: checkCommits,
};

/**
 * Checks a run, finished or not, against everything it left behind: journal, artifacts, samples, refs and commits. The check writes
 * nothing, and runs no command of the contract. Throws `run_unreadable` and git's errors.
 */
export async function verify(repo: Repo, id: string, world: Pick<World, 'env'>): Promise<Verification> {
  const { evidence, ...read } = readEvidence(repo, id);
  const counts: Counts = { records: 0, transitions: 0, sessions: 0, samples: 0, commits: 0 };
  const found: Checked[] = [read];
  if (evidence) {
    Object.assign(counts, { records: evidence.records, transitions: evidence.made.length });
    const approval: Check = ({ state }) => checkApproval({ repo, world, state });
    for (const [name, check] of Object.entries({ ...checks, approval })) {
      const { findings, notes = [], ...counted } = await attempt(name, check, evidence);
      found.push({ findings, notes });
      Object.assign(counts, counted);
    }
  }
  const findings = found.flatMap((f) => f.findings);
  return {
    run: id,
    holds: findings.length === 0,
    findings,
    notes: found.flatMap((f) => f.notes ?? []),
    checked: counts,
  };
}

/**
 * An approval from another machine is a note and no contradiction, because this machine runs no command before a person approves the
 * contract again.
 */
function checkApproval(run: Parameters<typeof approvalOf>[0]): Checked {
  const elsewhere = approvalOf(run) === 'elsewhere';
  return { findings: [], notes: elsewhere ? [{ code: 'approved_elsewhere', where: run.state.run }] : [] };
}

/** A forged journal can contain any data. If a check fails because the data do not fit their stage, this failure is a finding. */
async function attempt(name: string, check: Check, evidence: EvidenceInPlace): Promise<Checked & Partial<Counts>> {
  try {
    return await check(evidence);
  } catch (error) {
    return { findings: [notCheckable(name, error)] };
  }
}
