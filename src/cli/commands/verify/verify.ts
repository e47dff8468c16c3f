import { exit } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { chooseRun, runIds } from '../../../record/runs.ts';
import { type Verification, verify } from '../../../verify/verify.ts';
import { define } from '../../command.ts';
import { projectOfRuns } from '../../project.ts';
import { findingText, noteText } from './words.ts';

/** Takes no lock, and runs nothing of the contract. */
export const command = define({
  name: 'verify',
  group: 'look',
  arguments: '[run]',
  summary: 'check that journal, samples, verdicts and commits of a run agree',
  detail:
    'Judges every session again from its raw samples, and compares artifacts, refs and commits with the journal. Writes and runs nothing. Exit code 0: everything holds; 1: something does not.',
  example: 'perf-gate verify',
  async run({ run: named }, tools) {
    const repo = await openRepo(projectOfRuns(tools.cwd));
    // Without a name the newest run, even if its journal is damaged: that is a finding.
    const found = await verify(repo, chooseRun(repo.project, named ?? runIds(repo.project).at(-1)), tools);
    if (tools.json) tools.out(JSON.stringify(found));
    else tools.out(text(found));
    return found.holds ? exit.done : exit.gateSaidNo;
  },
});

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
