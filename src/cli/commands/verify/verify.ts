import { exit } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { chooseRun, runIds } from '../../../record/runs.ts';
import { type Verification, verify } from '../../../verify/verify.ts';
import type { Run } from '../../command.ts';
import { findingText, noteText } from './words.ts';

/** Reads only: no lock is taken, and nothing of the contract is run. */
export const run: Run = async ([named], _, tools) => {
  const repo = await openRepo(tools.cwd);
  // The newest, whatever state its journal is in: that is to be told.
  const found = await verify(repo, chooseRun(repo.project, named ?? runIds(repo.project).at(-1)), tools);
  if (tools.json) tools.out(JSON.stringify(found));
  else tools.out(text(found));
  return found.holds ? exit.done : exit.gateSaidNo;
};

function text({ run, holds, findings, notes, checked }: Verification): string {
  const { records, transitions, sessions, samples, commits } = checked;
  const counts = `${records} journal lines, ${transitions} transitions, ${samples} samples of ${sessions} sessions, ${commits} commits`;
  const many = findings.length === 1 ? 'One thing does not hold' : `${findings.length} things do not hold`;
  return [
    holds ? `${run}: everything holds (${counts}).` : `${run}: ${many} (checked: ${counts}):`,
    ...findings.map((f) => `  ${f.where}: ${findingText(f)} [${f.code}]`),
    ...notes.map((n) => `  note: ${noteText(n)}`),
  ].join('\n');
}
