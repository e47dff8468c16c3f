import { failure } from '../../../core/errors.ts';
import { askFleet } from '../../../fleet/client/ask.ts';
import { keepHere, printedThere } from '../../../fleet/client/receive.ts';
import { openRepo } from '../../../git/repo.ts';
import { suiteMarkdown, suiteText } from '../../../report/suite.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';
import { askedOf } from '../fleet/asked.ts';
import type { Commits, askedOf as contractFor } from './commits.ts';
import { tell } from './tell.ts';

type Request = Commits & { on: string; record: boolean; markdown: boolean; junit: string | undefined };

/** Has two commits compared by a fleet, prints it as if it had been measured here, and returns the exit code. @throws usage */
export async function compareByFleet(
  request: Request,
  { project, contract, path }: ReturnType<typeof contractFor>,
  tools: Tools,
): Promise<number> {
  mustBeElsewhere(request);
  const { baseName: base, headName: head, noWorseThan = null, markdown, junit } = request;
  const asked = askedOf(request, { what: 'compare', base, head, noWorseThan, contract, path }, tools);
  return askFleet(await openRepo(project), tools, asked, async (answered) => {
    const shown = printedThere(answered);
    const { host, class: name, job } = answered;
    const received = keepHere(project, answered, { base, head });
    if (received === null) throw failure('fleet_answer_invalid', { host, reason: 'it has no record of a comparison' });
    const { kind, comparison, kept } = received;
    if (tools.json) {
      if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
      const names = kind === 'suite' ? { names: comparison.names } : {};
      tools.out(JSON.stringify({ ...shown, ...names, comparison: kept.comparison, host, class: name, job }));
    } else if (kind === 'suite') tools.out(markdown ? suiteMarkdown(comparison) : suiteText(comparison));
    else tell(comparison, kept, markdown, tools);
    tools.say(`Measured on ${host} (class ${name}).`);
    if (junit) {
      const { writeComparisons, writeSuite } = await import('./junit.ts');
      if (kind === 'suite') writeSuite(junit, comparison, tools.cwd);
      else writeComparisons(junit, [comparison], tools.cwd);
    }
    return exitCodes[comparison.verdict];
  });
}

/** A baseline belongs to the machine that it was measured on, and a series to this one. */
function mustBeElsewhere({ save, against, record }: Request): void {
  const given = { '--save': save !== undefined, '--against': against !== undefined, '--record': record };
  const [option] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (option === undefined) return;
  throw failure('usage', {
    problem: `${option} is for measurements of this machine, and --on measures on another.`,
    hint: 'Compare two commits: perf-gate compare BASE HEAD --contract FILE --on CLASS.',
  });
}
