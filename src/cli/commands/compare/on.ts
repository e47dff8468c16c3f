import { shownSuite } from '../../../compare/shown.ts';
import { failure } from '../../../core/errors.ts';
import { type Answers, askFleet } from '../../../fleet/client/ask.ts';
import { keepHere, printedThere, type Received } from '../../../fleet/client/receive.ts';
import { openRepo } from '../../../git/repo.ts';
import { suiteMarkdown, suiteText } from '../../../report/suite.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';
import { askedOf } from '../fleet/asked.ts';
import type { Commits, askedOf as contractFor } from './commits.ts';
import { tell } from './tell.ts';

type Request = Commits & { on: string; record: boolean; markdown: boolean; junit: string | undefined };

/** Compares two commits on a fleet, prints the comparison like a local comparison, and returns the exit code. @throws usage */
export async function compareByFleet(
  request: Request,
  given: ReturnType<typeof contractFor>,
  tools: Tools,
): Promise<number> {
  mustBeElsewhere(request, '--on');
  const { project, contract, path } = given;
  const { baseName: base, headName: head, noWorseThan = null, markdown, junit } = request;
  const asked = askedOf(request, { what: 'compare', base, head, noWorseThan, contract, path }, tools);
  return askFleet(await openRepo(project), tools, asked, async (answers) => {
    const measured = measuredThere(project, answers, { names: { base, head } });
    const { kind, comparison, kept, shown } = measured;
    if (tools.json) {
      if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
      tools.out(JSON.stringify(shown));
    } else if (kind === 'suite') tools.out(markdown ? suiteMarkdown(comparison) : suiteText(comparison));
    else tell(comparison, kept, markdown, tools);
    tools.say(`Measured on ${comparison.host} (class ${comparison.class}).`);
    if (junit) {
      const { writeComparisons, writeSuite } = await import('./junit.ts');
      if (kind === 'suite') writeSuite(junit, comparison, tools.cwd);
      else writeComparisons(junit, [comparison], tools.cwd);
    }
    return exitCodes[comparison.verdict];
  });
}

/** A comparison that a fleet measured, with its local record. `shown`: its object for `--json`. */
export type Measured = Received & { shown: object };

/** Keeps a fleet's comparison as a local record. @throws fleet_answer_invalid, and the error that ended the comparison on the host */
export function measuredThere(project: string, answers: Answers, said: Parameters<typeof keepHere>[2]): Measured {
  const [printed] = answers.map(printedThere);
  const received = keepHere(project, answers, said);
  if (received === null) {
    const reason = 'the result from the host holds no record of a comparison';
    throw failure('fleet_answer_invalid', { host: answers[0].host, reason });
  }
  const { kind, comparison, kept } = received;
  const { host, class: name } = comparison;
  const job = answers.map((one) => one.job).join(', ');
  const shown = kind === 'suite' ? shownSuite(comparison, kept) : { ...printed, comparison: kept.comparison };
  return { ...received, shown: { ...shown, host, class: name, job } };
}

/**
 * Refuses --save, --against and --record, because a baseline and a series are valid only on the machine that measured them. @throws usage
 */
export function mustBeElsewhere({ save, against, record }: Omit<Request, 'on'>, option: string): void {
  const given = { '--save': save !== undefined, '--against': against !== undefined, '--record': record };
  const [other] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (other === undefined) return;
  throw failure('usage', {
    problem: `${other} needs a measurement on this machine, but ${option} measures on another machine.`,
    hint: `Compare two commits: perf-gate compare BASE HEAD --contract FILE ${option} CLASS.`,
  });
}
