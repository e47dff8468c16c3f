import { resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { contractText } from '../../../report/terminal/contract-text.ts';
import type { Note } from '../../../verify/finding.ts';
import { claimOf } from '../../../verify/proof/claim.ts';
import { judgeProof } from '../../../verify/proof/judge.ts';
import { missingCommits, projectOf, replay } from '../../../verify/proof/replay.ts';
import { bytesOf, textOf } from '../../../verify/proof/text.ts';
import { type OneVerdict, togetherIn, verdictsIn } from '../../../verify/proof/verdicts.ts';
import type { Tools } from '../../terminal/tools.ts';
import { mustHaveFolders } from '../measure/export-files.ts';
import { shownProof } from './proof-text.ts';

type Judged = ReturnType<typeof judgeProof>;
type Asked = { file: string; again: boolean; output: string | undefined };

/** The verdict of a replay. `output`: the file name of the new proof, which holds both verdicts; null if no new proof was written. */
type Again = { verdict: OneVerdict; output: string | null };

/** Judges a proof again. With `again`, also measures the commits of the proof in this repository. Returns the exit code. */
export async function verifyProof({ file, again, output }: Asked, tools: Tools): Promise<number> {
  const judged = judgeProof(bytesOf(resolve(tools.cwd, file), file), file);
  const { proof, summary, ...found } = judged;
  const isAsked = again && judged.holds;
  const { notes, replayed } = isAsked ? await measured(judged, { file, again, output }, tools) : nothing;
  const all = { ...judged, notes: [...judged.notes, ...notes] };
  const verdicts = proof && summary ? verdictsIn(proof, summary) : [];
  const together = proof ? togetherIn(proof) : null;
  const agrees = replayed && replayed.verdict.verdict === verdicts[0]!.verdict;
  if (tools.json) {
    const { of = null } = proof?.evidence ?? {};
    const { id = null, made_by = null } = proof ?? {};
    const { base = null, contract = null, changes = [] } = summary ?? {};
    const told = { of, id, made_by, base, changes, contract_hash: contract?.hash ?? null, verdicts, together };
    const second = replayed && { ...replayed.verdict, agrees, output: replayed.output };
    tools.out(JSON.stringify({ proof: file, ...told, ...found, notes: all.notes, replay: second }));
  } else tools.out(shownProof(file, all, replayed?.verdict ?? null));
  if (!judged.holds) return exit.gateSaidNo;
  if (!isAsked || agrees) return exit.done;
  return replayed && replayed.verdict.verdict !== 'inconclusive' ? exit.gateSaidNo : exit.inconclusive;
}

const nothing: { notes: Note[]; replayed: Again | null } = { notes: [], replayed: null };

/** Measures the commits of the proof again. @throws proof_not_replayable, and the errors of a comparison */
async function measured({ proof, summary }: Judged, { file, output }: Asked, tools: Tools): Promise<typeof nothing> {
  if (output !== undefined) mustHaveFolders([{ format: 'json', file: output }], tools.cwd);
  if (!proof || !summary) return nothing;
  const { claim, why } = claimOf(summary, proof.evidence);
  if (!claim) throw failure('proof_not_replayable', { file, why });
  const repo = await projectOf(proof, tools.cwd);
  const missing = await missingCommits(repo, claim);
  if (missing.length > 0) return { notes: missing, replayed: null };
  const { base, head, contract, sealed } = claim;
  tools.say(`Measuring ${base} and ${head}. The replay runs the commands of the proof’s contract:`);
  tools.say(contractText(contract, sealed));
  const { verdict, problem, notes, proof: both } = await replay(repo, tools, { proof, claim });
  if (problem !== null) tools.say(`This comparison left no record: ${problem}`);
  const written = output !== undefined && both ? output : null;
  if (written !== null && both) writeDurable(resolve(tools.cwd, written), textOf(both));
  return { notes, replayed: { verdict, output: written } };
}
