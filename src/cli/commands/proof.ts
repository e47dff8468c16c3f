import { resolve } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { exit } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { openRepo } from '../../git/repo.ts';
import { confirmedBy } from '../../record/confirming.ts';
import { comparisonIds } from '../../record/runs.ts';
import { isSuiteRecord } from '../../record/suite.ts';
import { judgeProof } from '../../verify/proof/judge.ts';
import { makeProof } from '../../verify/proof/make.ts';
import { textOf } from '../../verify/proof/text.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { findRecord } from '../terminal/find-run.ts';
import { shownProof } from './verify/proof-text.ts';

/** Two comparisons that must agree (`--confirm-on`) have one proof, which holds both. The proof has the id of the first comparison. */
function compared({ project, comparison }: { project: string; comparison: string }) {
  const first = confirmedBy(project, comparison);
  const id = first !== undefined && comparisonIds(project).includes(first) ? first : comparison;
  return { of: isSuiteRecord(project, id) ? ('suite' as const) : ('comparison' as const), id };
}

export const command = define({
  name: 'proof',
  group: 'look',
  arguments: '[id]',
  completes: 'runs',
  summary: 'pack a run or a comparison into one file that anyone can verify',
  detail:
    'The file holds the contract, all hashes, all samples, the verdicts and the journal. `perf-gate verify FILE` judges it without the repository. Exit code 1: the record fails its verification, and no file is written.',
  example: 'perf-gate proof --output gain.proof.json',
  options: { '--output <file>': text('the file to write (default: ID.proof.json in this folder)') },
  async run({ id: named, output }, tools) {
    const found = await findRecord(tools.cwd, named);
    const { of, id } = 'run' in found ? { of: 'run' as const, id: found.run } : compared(found);
    const repo = await openRepo(found.project);
    const written = textOf(makeProof(repo, { of, id }, { env: tools.env, version: manifest.version }));
    const name = output ?? `${id}.proof.json`;
    const judged = judgeProof(Buffer.from(written), name);
    const { holds, proof, findings, notes, checked } = judged;
    if (holds) writeDurable(resolve(tools.cwd, name), written);
    if (tools.json)
      tools.out(
        JSON.stringify({
          proof: holds ? name : null,
          of,
          id,
          seal: proof?.seal ?? null,
          holds,
          findings,
          notes,
          checked,
        }),
      );
    else if (!holds) tools.out(`No proof was written.\n${shownProof(name, judged)}`);
    else tools.out(`${name}\nAnyone who has this file can verify it: perf-gate verify ${name}`);
    return holds ? exit.done : exit.gateSaidNo;
  },
});
