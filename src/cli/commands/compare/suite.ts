import { shownSuite } from '../../../compare/shown.ts';
import { compareSuite } from '../../../compare/suite.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import type { SuitePart } from '../../../contract/suite-part.ts';
import { exit, failure } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { suiteMarkdown, suiteText } from '../../../report/suite.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';
import type { Recorder } from '../record.ts';

type Asked = {
  project: string;
  base: string;
  head: string;
  contract: Contract;
  /** The contract's file, relative to the project. */
  file: string;
  against: string | undefined;
  save: string | undefined;
  markdown: boolean;
  junit: string | undefined;
  part: SuitePart | undefined;
};

/**
 * Judges two commits by a suite, and prints the verdicts. If `recorder` is given, also records the samples for `monitor trends`. Returns
 * the exit code.
 * @throws usage: `--against` or `--save` was given
 */
export async function judgeSuite(
  { project, file, against, save, markdown, junit, ...asked }: Asked,
  recorder: Recorder | undefined,
  tools: Tools,
): Promise<number> {
  const given = { '--against': against !== undefined, '--save': save !== undefined };
  const [option] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (option !== undefined)
    throw failure('usage', {
      problem: `${option} is an option for a single benchmark, but the contract is a suite.`,
      hint: 'Compare two commits: perf-gate compare BASE HEAD --contract FILE.',
    });
  const compared = await compareSuite(await openRepo(project), tools, asked);
  const { comparison, kept } = compared;
  if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
  if (tools.json) tools.out(JSON.stringify(shownSuite(comparison, kept)));
  else tools.out(markdown ? suiteMarkdown(comparison) : suiteText(comparison));
  if (!tools.json && kept.comparison !== null)
    tools.say(`To open the page of this suite: perf-gate report --open --run ${kept.comparison}`);
  if (junit) (await import('./junit.ts')).writeSuite(junit, comparison, tools.cwd);
  if (recorder) {
    const { recordSuite } = await import('../record-suite.ts');
    if (!(await recordSuite(compared, file, recorder))) return exit.environment;
  }
  return exitCodes[comparison.verdict];
}
