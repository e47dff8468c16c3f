import { compareSuite } from '../../../compare/suite.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { failure } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { suiteMarkdown, suiteText } from '../../../report/suite.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';

type Asked = {
  project: string;
  base: string;
  head: string;
  contract: Contract;
  against: string | undefined;
  save: string | undefined;
  record: boolean;
  markdown: boolean;
  junit: string | undefined;
};

/** Judges two commits by a suite and prints it; returns the exit code. @throws usage: a baseline or a series was asked for */
export async function judgeSuite(
  { project, against, save, record, markdown, junit, ...asked }: Asked,
  tools: Tools,
): Promise<number> {
  const given = { '--against': against !== undefined, '--save': save !== undefined, '--record': record };
  const [option] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (option !== undefined)
    throw failure('usage', {
      problem: `${option} is for one benchmark, and the contract is a suite.`,
      hint: 'Compare two commits: perf-gate compare BASE HEAD --contract FILE.',
    });
  const { comparison, kept } = await compareSuite(await openRepo(project), tools, asked);
  if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
  const { contract: _, ...shown } = comparison;
  if (tools.json) tools.out(JSON.stringify({ comparison: kept.comparison, ...shown }));
  else tools.out(markdown ? suiteMarkdown(comparison) : suiteText(comparison));
  if (junit) (await import('./junit.ts')).writeSuite(junit, comparison, tools.cwd);
  return exitCodes[comparison.verdict];
}
