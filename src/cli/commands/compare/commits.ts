import { resolve } from 'node:path';
import { compare } from '../../../compare/commits.ts';
import { loadBaseline } from '../../../compare/saved-baseline.ts';
import { loadContract } from '../../../contract/parse.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { openRepo } from '../../../git/repo.ts';
import type { Options, Tools } from '../../command.ts';
import { textOf } from '../../options.ts';
import type { Told } from './tell.ts';

/** `compare BASE HEAD --contract FILE`, or `compare HEAD --against FILE --contract FILE`. */
export async function betweenCommits(args: string[], options: Options, tools: Tools): Promise<Told> {
  const [contractFile, against, save] = ['contract', 'against', 'save'].map((name) => textOf(options, name));
  const [baseName, headName] = named(args, against);
  if (!contractFile)
    throw failure('usage', {
      problem: 'Two commits are compared by a contract, and there is none.',
      hint: 'Pass --contract FILE (`perf-gate schema` prints its form); two commands need none: `perf-gate compare -- A -- B`.',
    });
  const contract = loadContract(resolve(tools.cwd, contractFile));
  const base = against === undefined ? baseName : loadBaseline(resolve(tools.cwd, against));
  const repo = await openRepo(tools.cwd);
  const made = await compare(repo, tools, { base, head: headName, contract });
  if (save && made.baseline) writeDurable(resolve(tools.cwd, save), `${JSON.stringify(made.baseline)}\n`);
  if (save && !made.baseline) tools.say(`Nothing was saved to ${save}: a run of ${headName} failed.`);
  const kept = made.protected_from_base;
  return {
    names: { base: against ?? short(made.base, baseName), candidate: short(made.head, headName) },
    facts: { base: made.base, head: made.head, against: against ?? null, protected_from_base: kept },
    contract: { ...contract, isolation: 'worktree', order: against === undefined ? 'interleaved' : 'sequential' },
    contested: made,
    notes: [
      ...made.cautions,
      ...kept.map((path) => `${path} is protected and differs: both were measured with that of the base`),
    ],
  };
}

/** The two revisions; with a saved baseline only the head. */
function named(args: string[], against: string | undefined): [base: string, head: string] {
  const [first = '', second = ''] = args;
  if (against !== undefined && args.length === 1) return ['', first];
  if (against === undefined && args.length === 2) return [first, second];
  const hint =
    'perf-gate compare main HEAD --contract perf-gate.yaml, or perf-gate compare HEAD --against FILE --contract perf-gate.yaml';
  const wanted = against === undefined ? 'two revisions, BASE and HEAD' : 'one revision beside --against';
  throw failure('usage', { problem: `\`compare\` takes ${wanted}; ${args.length} were given.`, hint });
}

/** A name as it was given, and the commit where the name is not that already. */
const short = (commit: string, name: string) =>
  commit.startsWith(name) ? commit.slice(0, 12) : `${name} (${commit.slice(0, 12)})`;
