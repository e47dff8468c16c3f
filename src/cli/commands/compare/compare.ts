import { compareCommands } from '../../../compare/commands.ts';
import { isSuite } from '../../../contract/suite.ts';
import { exit, failure } from '../../../core/errors.ts';
import { exitCodes } from '../../../run/outcome.ts';
import { define } from '../../command.ts';
import { flag, only, text, under } from '../../options.ts';
import { mustHaveFolders } from '../measure/export-files.ts';
import { mustBePrograms } from '../measure/words.ts';
import { noWorseThanOption } from '../no-worse-than.ts';
import { recordOption } from '../record-option.ts';
import { areCommands, commandOptions, parseCommands } from './commands.ts';
import { askedOf, commitOptions, compareTwoCommits, parseCommits } from './commits.ts';
import { exportContest } from './export.ts';
import { overall, tell, tellSeveral } from './tell.ts';

/**
 * The options that belong only to a comparison of commits, or only to a comparison of commands. They have no defaults, so an option with a
 * value was typed by the user.
 */
const optionsOf = {
  commits: {
    record: '--record',
    contract: '--contract',
    save: '--save',
    against: '--against',
    key: '--key',
    on: '--on',
    confirmOn: '--confirm-on',
    database: '--database',
    remote: '--remote',
    part: '--part',
  },
  commands: {
    threshold: '--threshold',
    metric: '--metric',
    runs: '--runs',
    maxRuns: '--max-runs',
    sameOutput: '--same-output',
    setup: '--setup',
    prepare: '--prepare',
    commandName: '--command-name',
    exportJson: '--export-json',
    exportCsv: '--export-csv',
    exportMarkdown: '--export-markdown',
  },
} as const;

const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Refuses options of the other kind of comparison, because such options would have no effect. @throws usage */
function mustSuit(of: 'commits' | 'commands', given: Record<string, unknown>): void {
  const other = of === 'commits' ? 'commands' : 'commits';
  const [, flag] = Object.entries(optionsOf[other]).find(([name]) => isGiven(given[name])) ?? [];
  if (flag === undefined) return;
  throw failure('usage', {
    problem: `${flag} is an option for a comparison of ${other}, but this call compares ${of}.`,
    hint:
      of === 'commits'
        ? 'The contract says how commits are judged; only --no-worse-than can override it.'
        : 'Commands need no contract: perf-gate compare --threshold 5% -- A -- B.',
  });
}

export const command = define({
  name: 'compare',
  group: 'question',
  arguments: '[what...]',
  completes: 'commits',
  usage: '[options] <base>..<head> | -- <command> -- <command>...',
  summary: 'judge two commits or commands: is the second better, or no worse',
  detail:
    'Commits are judged by a contract (on a fleet: --on CLASS). Each further command alternates with the first. Exit code 0: accepted, 1: rejected, 4: inconclusive.',
  example: 'perf-gate compare main..HEAD --contract perf-gate.yaml --no-worse-than 3%',
  options: {
    ...only('commits', { ...commitOptions, ...recordOption }),
    ...commandOptions,
    ...noWorseThanOption,
    '--markdown': flag('print a pull request comment (see also --junit)'),
    ...under('hidden', { '--junit <file>': text('write a JUnit report, one case for each benchmark') }),
  },
  parse({ what, markdown, junit, ...given }) {
    const { record } = given;
    const of = areCommands(what, given) ? 'commands' : 'commits';
    mustSuit(of, given);
    const request =
      of === 'commands'
        ? ({ of, ...parseCommands(what, given) } as const)
        : ({ of, ...parseCommits(what, given) } as const);
    return { markdown, junit, record, request };
  },
  async run({ request, markdown, junit, record }, tools) {
    if (request.of === 'commits') {
      const asked = askedOf(request, tools);
      if (request.part) {
        const { mustHold } = await import('./must-hold.ts');
        mustHold(request.part, asked.contract, request.on ?? request.confirmOn);
      }
      if (request.confirmOn !== undefined) {
        const { compareOnBoth } = await import('./confirm.ts');
        return compareOnBoth({ ...request, confirmOn: request.confirmOn, record, markdown, junit }, asked, tools);
      }
      if (request.on !== undefined) {
        const { compareByFleet } = await import('./on.ts');
        return compareByFleet({ ...request, on: request.on, record, markdown, junit }, asked, tools);
      }
      const recording = record ? await import('../record.ts') : null;
      const recorder = await recording?.recorderIn(asked.project, tools);
      if (isSuite(asked.contract)) {
        const { judgeSuite } = await import('./suite.ts');
        const suite = { ...request, ...asked, base: request.baseName, head: request.headName, markdown, junit };
        return judgeSuite(suite, recorder, tools);
      }
      const { comparison, kept } = await compareTwoCommits(request, asked, tools);
      tell(comparison, kept, markdown, tools);
      if (junit) (await import('./junit.ts')).writeComparisons(junit, [comparison], tools.cwd);
      if (recording && recorder) {
        if (!(await recording.recordComparison(comparison, asked.file, recorder))) return exit.environment;
      }
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
    if (junit) {
      const { writeComparisons } = await import('./junit.ts');
      const compared = contests.compared.map((one) => one.comparison);
      writeComparisons(junit, compared, tools.cwd);
    }
    return exitCodes[overall(contests.compared)];
  },
});
