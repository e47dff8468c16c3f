import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type ComparedCommits, compareCommits } from '../../../compare/commits.ts';
import { askingNoWorse } from '../../../compare/no-worse.ts';
import { baselineOfSamples } from '../../../compare/samples-baseline.ts';
import { type Base, loadBaseline } from '../../../compare/saved-baseline.ts';
import { loadContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import type { SuitePart } from '../../../contract/suite-part.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { openRepo } from '../../../git/repo.ts';
import type { Values } from '../../command.ts';
import { text, under } from '../../options.ts';
import { contractIn, projectToBegin } from '../../project.ts';
import type { Tools } from '../../terminal/tools.ts';
import { fleetOptions } from '../fleet/database.ts';
import { partOf } from './part.ts';

/** The options of `compare BASE HEAD --contract FILE` and of `compare HEAD --against FILE --contract FILE`. */
export const commitOptions = {
  '--contract <file>': text('the contract (default perf-gate.yaml)'),
  '--save <file>': text('keep the head’s samples as a baseline'),
  '--against <file>': text('saved samples as the base (see --key)'),
  ...under('hidden', { '--key <name>': text('the benchmark’s name in the saved results') }),
  ...under('hidden', {
    ...fleetOptions,
    '--confirm-on <name>': text('accept only if this second class of the fleet accepts too'),
    '--part <n/of>': text('measure only this part of a suite; other hosts measure the other parts'),
  }),
};

/** Two commits to compare. `baseName`: the revision of the base, such as `main`; `''` if `against` names a saved baseline. */
export type Commits = {
  baseName: string;
  headName: string;
  contract: string | undefined;
  against: string | undefined;
  key: string | undefined;
  save: string | undefined;
  noWorseThan: number | undefined;
  on: string | undefined;
  /** A second class of hosts, on which the candidate must be accepted too. */
  confirmOn: string | undefined;
  database: string | undefined;
  /** The repository that a fleet fetches the commits from. */
  remote: string | undefined;
  part: SuitePart | undefined;
};

type Given = Values<typeof commitOptions> & Pick<Commits, 'noWorseThan'>;

/** The commits to compare, and their contract. @throws usage */
export function parseCommits(words: string[], { part, ...given }: Given): Commits {
  const [baseName, headName] = named(words.flatMap(endsOf), given.against);
  return { baseName, headName, ...given, part: partOf(part) };
}

/**
 * Splits `BASE..HEAD` into two revisions as git does; a missing end is HEAD. `BASE...HEAD` is not split: the whole word is the base,
 * because git reads this word as the merge base.
 */
export function endsOf(word: string): string[] {
  const [, base = '', dots = '', head = ''] = /^(.*?)(\.{2,3})(?!\.)(.*)$/.exec(word) ?? [];
  if (dots === '' || base + head === '') return [word];
  return dots === '..' ? [base || 'HEAD', head || 'HEAD'] : [word, head || 'HEAD'];
}

/** The path of the contract that the user named. Without a name, the path of the project's contract. @throws usage: no contract exists */
export function contractOf(contract: string | undefined, project: string, cwd: string): string {
  const file = contract === undefined ? contractIn(project) : resolve(cwd, contract);
  if (file !== undefined) return file;
  throw failure('usage', {
    problem: 'A comparison of commits needs a contract, and this project has no perf-gate.yaml.',
    hint: 'Pass --contract FILE, or name the contract perf-gate.yaml. A comparison of two commands needs no contract: `perf-gate compare -- A -- B`.',
  });
}

/**
 * The project and its contract, changed by the options of the command line. `path`: the contract's path. `file`: the same path, relative to
 * the project.
 */
export function askedOf(
  request: Commits,
  { cwd }: Pick<Tools, 'cwd'>,
): { project: string; contract: Contract; file: string; path: string } {
  const project = projectToBegin(cwd);
  const file = contractOf(request.contract, project, cwd);
  const asked = loadContract(file);
  const { noWorseThan } = request;
  const contract = noWorseThan === undefined ? asked : askingNoWorse(asked, noWorseThan, request.contract ?? file);
  return { project, contract, file: relative(realpathSync(project), realpathSync(file)), path: file };
}

export async function compareTwoCommits(
  request: Commits,
  { project, contract }: ReturnType<typeof askedOf>,
  tools: Tools,
): Promise<ComparedCommits> {
  const { baseName, headName, against, save, confirmOn } = request;
  const saved = against === undefined ? null : baseIn(resolve(tools.cwd, against), contract, request.key);
  const repo = await openRepo(project);
  const compared = await compareCommits(repo, tools, {
    base: against ?? baseName,
    saved,
    head: headName,
    contract,
    ...(confirmOn === undefined ? {} : { confirmOn }),
  });
  if (save && compared.baseline) writeDurable(resolve(tools.cwd, save), `${JSON.stringify(compared.baseline)}\n`);
  if (save && !compared.baseline) tools.say(`No baseline was saved to ${save}: a run of ${headName} failed.`);
  return compared;
}

const baseIn = (file: string, contract: Contract, key: string | undefined): Base =>
  loadBaseline(file) ?? baselineOfSamples(file, contract, key);

/** The two revisions. With a saved baseline, the base is empty, and only the head is given. @throws usage */
function named(args: string[], against: string | undefined): [base: string, head: string] {
  const [first = '', second = ''] = args;
  if (against !== undefined && args.length === 1) return ['', first];
  if (against === undefined && args.length === 2) return [first, second];
  const hint =
    'perf-gate compare main HEAD --contract perf-gate.yaml, or perf-gate compare HEAD --against FILE --contract perf-gate.yaml';
  const wanted = against === undefined ? 'two revisions, BASE and HEAD' : 'one revision with --against';
  throw failure('usage', { problem: `\`compare\` takes ${wanted}; ${args.length} were given.`, hint });
}
