import { compareCommands } from '../../../compare/commands.ts';
import { exitCodes } from '../../../run/outcome.ts';
import { define } from '../../command.ts';
import { flag, only } from '../../options.ts';
import { noWorseThanOption } from '../no-worse-than.ts';
import { commandOptions, parseCommands } from './commands.ts';
import { commitOptions, compareTwoCommits, parseCommits } from './commits.ts';
import { tell } from './tell.ts';

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
  parse: ({ what, markdown, ...given }) => ({
    markdown,
    // Commander removes the first `--`; the next one stands between two commands.
    request: what.includes('--')
      ? ({ of: 'commands', ...parseCommands(what, given) } as const)
      : ({ of: 'commits', ...parseCommits(what, given) } as const),
  }),
  async run({ request, markdown }, tools) {
    const { comparison, kept } =
      request.of === 'commands' ? await compareCommands(tools, request) : await compareTwoCommits(request, tools);
    tell(comparison, kept, markdown, tools);
    return exitCodes[comparison.verdict];
  },
});
