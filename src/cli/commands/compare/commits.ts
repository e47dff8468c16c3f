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
  '--contract <file>': text('what they are judged by (perf-gate.yaml)'),
  '--save <file>': text('keep the head’s samples as a baseline'),
  '--against <file>': text('a saved baseline, or results (--key)'),
  ...under('hidden', { '--key <name>': text('which benchmark of the tool’s results') }),
  ...under('hidden', {
    ...fleetOptions,
    '--confirm-on <name>': text('accept only where this other class of a fleet accepts too'),
    '--part <n/of>': text('measure only this part of a suite, as one of several hosts'),
  }),
};

/** `baseName` is `''` where `against` names a saved baseline. */
export type Commits = {
  baseName: string;
  headName: string;
  contract: string | undefined;
  against: string | undefined;
  key: string | undefined;
  save: string | undefined;
  noWorseThan: number | undefined;
  on: string | undefined;
  /** The class on which the verdict must hold too. */
  confirmOn: string | undefined;
  database: string | undefined;
  /** The repository that a fleet fetches the commits from. */
  remote: string | undefined;
  part: SuitePart | undefined;
};

type Given = Values<typeof commitOptions> & Pick<Commits, 'noWorseThan'>;

/** Which commits are compared, and by what. @throws usage */
export function parseCommits(words: string[], { part, ...given }: Given): Commits {
  const [baseName, headName] = named(words.flatMap(endsOf), given.against);
  return { baseName, headName, ...given, part: partOf(part) };
}

/** `BASE..HEAD` is two revisions, as for git: an end that is left out is HEAD. Three dots ask for another base: where the two parted. */
export function endsOf(word: string): string[] {
  const [, base = '', dots = '', head = ''] = /^(.*?)(\.{2,3})(?!\.)(.*)$/.exec(word) ?? [];
  if (dots === '' || base + head === '') return [word];
  return dots === '..' ? [base || 'HEAD', head || 'HEAD'] : [word, head || 'HEAD'];
}

/** The named contract, else that of the project. @throws usage: there is none */
export function contractOf(contract: string | undefined, project: string, cwd: string): string {
  const file = contract === undefined ? contractIn(project) : resolve(cwd, contract);
  if (file !== undefined) return file;
  throw failure('usage', {
    problem: 'Commits are compared by a contract, and there is none.',
    hint: 'Pass --contract FILE, or name it perf-gate.yaml (`perf-gate schema` prints its form); two commands need none: `perf-gate compare -- A -- B`.',
  });
}

/** The contract by which commits are judged, with what the command line asks in its place; its project, its file relative to that, and the file’s path. */
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
