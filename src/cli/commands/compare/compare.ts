import { compareCommands } from '../../../compare/commands.ts';
import { exitCodes } from '../../../run/outcome.ts';
import { define } from '../../command.ts';
import { flag, only } from '../../options.ts';
import { mustHaveFolders } from '../measure/export-files.ts';
import { mustBePrograms } from '../measure/words.ts';
import { noWorseThanOption } from '../no-worse-than.ts';
import { areCommands, commandOptions, parseCommands } from './commands.ts';
import { commitOptions, compareTwoCommits, parseCommits } from './commits.ts';
import { exportContest } from './export.ts';
import { overall, tell, tellSeveral } from './tell.ts';

export const command = define({
  name: 'compare',
  group: 'question',
  arguments: '[what...]',
  usage: '[options] <base>..<head> | -- <command> -- <command>...',
  summary: 'judge two commits or commands: is the second better, or no worse',
  detail:
    'Two commits are judged by a contract; commands need none: they run in turn, each against the first. Exit code 0: accepted; 1: rejected; 4: inconclusive.',
  example: 'perf-gate compare main..HEAD --contract perf-gate.yaml --no-worse-than 3%',
  options: {
    ...only('commits', commitOptions),
    ...commandOptions,
    ...noWorseThanOption,
    '--markdown': flag('a comment for a pull request on stdout'),
  },
  parse: ({ what, markdown, ...given }) => ({
    markdown,
    request: areCommands(what, given)
      ? ({ of: 'commands', ...parseCommands(what, given) } as const)
      : ({ of: 'commits', ...parseCommits(what, given) } as const),
  }),
  async run({ request, markdown }, tools) {
    if (request.of === 'commits') {
      const { comparison, kept } = await compareTwoCommits(request, tools);
      tell(comparison, kept, markdown, tools);
      return exitCodes[comparison.verdict];
    }
    const { contest, files } = request;
    mustHaveFolders(files, tools.cwd);
    mustBePrograms(
      contest.entrants.map((entrant) => entrant.script),
      tools,
    );
    const contests = await compareCommands(tools, contest);
    const [{ comparison, kept }, ...others] = contests.compared;
    if (others.length === 0) tell(comparison, kept, markdown, tools);
    else tellSeveral(contests.compared, markdown, tools);
    exportContest(files, { contest, contests }, tools);
    return exitCodes[overall(contests.compared)];
  },
});
