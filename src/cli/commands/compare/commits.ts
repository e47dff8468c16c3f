import { resolve } from 'node:path';
import { type ComparedCommits, compareCommits } from '../../../compare/commits.ts';
import { askingNoWorse } from '../../../compare/no-worse.ts';
import { baselineOfSamples } from '../../../compare/samples-baseline.ts';
import { type Base, loadBaseline } from '../../../compare/saved-baseline.ts';
import { loadContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { openRepo } from '../../../git/repo.ts';
import type { Values } from '../../command.ts';
import { text } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** The options of `compare BASE HEAD --contract FILE` and of `compare HEAD --against FILE --contract FILE`. */
export const commitOptions = {
  '--contract <file>': text('the contract to judge by'),
  '--save <file>': text('keep the samples of the head as a baseline'),
  '--against <file>': text(
    'compare the head with a saved baseline, or with the results of a benchmark tool (not measured in turn, so less reliable)',
  ),
  '--key <name>': text('which benchmark of that file, if it holds several'),
};

/** `baseName` is `''` where `against` names a saved baseline. */
type Commits = {
  baseName: string;
  headName: string;
  contract: string;
  against: string | undefined;
  key: string | undefined;
  save: string | undefined;
  noWorseThan: number | undefined;
};

type Given = Values<typeof commitOptions> & Pick<Commits, 'noWorseThan'>;

/** Which commits are compared, and by what. @throws usage */
export function parseCommits(words: string[], { contract, against, key, save, noWorseThan }: Given): Commits {
  const [baseName, headName] = named(words, against);
  if (contract) return { baseName, headName, contract, against, key, save, noWorseThan };
  throw failure('usage', {
    problem: 'Two commits are compared by a contract, and there is none.',
    hint: 'Pass --contract FILE (`perf-gate schema` prints its form); two commands need none: `perf-gate compare -- A -- B`.',
  });
}

export async function compareTwoCommits(request: Commits, tools: Tools): Promise<ComparedCommits> {
  const { baseName, headName, against, save } = request;
  const asked = loadContract(resolve(tools.cwd, request.contract));
  const { noWorseThan } = request;
  const contract = noWorseThan === undefined ? asked : askingNoWorse(asked, noWorseThan, request.contract);
  const saved = against === undefined ? null : baseIn(resolve(tools.cwd, against), contract, request.key);
  const repo = await openRepo(tools.cwd);
  const compared = await compareCommits(repo, tools, { base: against ?? baseName, saved, head: headName, contract });
  if (save && compared.baseline) writeDurable(resolve(tools.cwd, save), `${JSON.stringify(compared.baseline)}\n`);
  if (save && !compared.baseline) tools.say(`Nothing was saved to ${save}: a run of ${headName} failed.`);
  return compared;
}

const baseIn = (file: string, contract: Contract, key: string | undefined): Base =>
  loadBaseline(file) ?? baselineOfSamples(file, contract, key);

/** The two revisions; with a saved baseline only the head. @throws usage */
function named(args: string[], against: string | undefined): [base: string, head: string] {
  const [first = '', second = ''] = args;
  if (against !== undefined && args.length === 1) return ['', first];
  if (against === undefined && args.length === 2) return [first, second];
  const hint =
    'perf-gate compare main HEAD --contract perf-gate.yaml, or perf-gate compare HEAD --against FILE --contract perf-gate.yaml';
  const wanted = against === undefined ? 'two revisions, BASE and HEAD' : 'one revision beside --against';
  throw failure('usage', { problem: `\`compare\` takes ${wanted}; ${args.length} were given.`, hint });
}
