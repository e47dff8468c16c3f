import { compareCommands } from '../../../compare/commands.ts';
import { failure } from '../../../core/errors.ts';
import { exitCodes } from '../../../run/outcome.ts';
import { define } from '../../command.ts';
import { flag, only } from '../../options.ts';
import { noWorseThanOption } from '../no-worse-than.ts';
import { commandOptions, parseCommands } from './commands.ts';
import { commitOptions, compareTwoCommits, parseCommits } from './commits.ts';
import { tell } from './tell.ts';

/** The options of each form that have no default, so that it is known whether they were given. */
const optionsOf = {
  commits: { contract: '--contract', save: '--save', against: '--against', key: '--key' },
  commands: { threshold: '--threshold', runs: '--runs', maxRuns: '--max-runs', sameOutput: '--same-output' },
} as const;

/** An option of the other form would be without effect. @throws usage */
function mustSuit(of: 'commits' | 'commands', given: Record<string, unknown>): void {
  const other = of === 'commits' ? 'commands' : 'commits';
  const [, flag] = Object.entries(optionsOf[other]).find(([name]) => given[name]) ?? [];
  if (flag === undefined) return;
  throw failure('usage', {
    problem: `${flag} is for two ${other}, and these are two ${of}.`,
    hint:
      of === 'commits'
        ? 'Two commits are judged by what the contract says; --no-worse-than alone takes its place.'
        : 'Two commands need no contract: perf-gate compare --threshold 5% -- A -- B.',
  });
}

export const command = define({
  name: 'compare',
  group: 'question',
  arguments: '[what...]',
  usage: '[options] <base> <head> --contract <file> | [options] -- <command> -- <command>',
  summary: 'judge two commits or commands: is the second better, or no worse',
  detail:
    'Two commits are judged by a contract, as an attempt of a run is; the work tree is not touched. Two commands need neither contract nor repository: they run in turn in this folder, and the second is accepted if it is proved to be better by the threshold. Exit code 0: accepted; 1: rejected; 4: inconclusive.',
  example:
    'perf-gate compare main HEAD --contract perf-gate.yaml --no-worse-than 3%\n  $ perf-gate compare -- node old.mjs -- node new.mjs',
  options: {
    ...only('commits', commitOptions),
    ...only('commands', commandOptions),
    ...noWorseThanOption,
    '--markdown': flag('a comment for a pull request on stdout'),
  },
  parse({ what, markdown, ...given }) {
    // Commander removes the first `--`; the next one stands between two commands.
    const of = what.includes('--') ? 'commands' : 'commits';
    mustSuit(of, given);
    const request =
      of === 'commands'
        ? ({ of, ...parseCommands(what, given) } as const)
        : ({ of, ...parseCommits(what, given) } as const);
    return { markdown, request };
  },
  async run({ request, markdown }, tools) {
    const { comparison, kept } =
      request.of === 'commands' ? await compareCommands(tools, request) : await compareTwoCommits(request, tools);
    tell(comparison, kept, markdown, tools);
    return exitCodes[comparison.verdict];
  },
});
