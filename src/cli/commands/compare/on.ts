import { hostname, userInfo } from 'node:os';
import { isSuite } from '../../../contract/suite.ts';
import { failure } from '../../../core/errors.ts';
import { readUserText } from '../../../core/user-file.ts';
import { compareOn } from '../../../fleet/client/compare-on.ts';
import { receive } from '../../../fleet/client/receive.ts';
import { fleetName } from '../../../fleet/names.ts';
import { openRepo } from '../../../git/repo.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';
import { databaseOf } from '../fleet/database.ts';
import type { askedOf, Commits } from './commits.ts';
import { tell } from './tell.ts';

type Request = Commits & { on: string; record: boolean; markdown: boolean; junit: string | undefined };

/** Has two commits compared by a fleet, prints it as if it had been measured here, and returns the exit code. @throws usage */
export async function compareByFleet(
  request: Request,
  { project, contract, path }: ReturnType<typeof askedOf>,
  tools: Tools,
): Promise<number> {
  mustBeElsewhere(request);
  if (isSuite(contract))
    throw failure('usage', {
      problem: '--on is for one benchmark, and the contract is a suite.',
      hint: 'Compare the commits on this machine, or each benchmark by a contract of its own.',
    });
  const { baseName, headName, noWorseThan, markdown, junit } = request;
  const asked = {
    url: databaseOf(request.database, tools.env),
    on: fleetName(request.on, '--on'),
    base: baseName,
    head: headName,
    contract,
    text: readUserText(path),
    noWorseThan: noWorseThan ?? null,
    by: `${userInfo().username}@${hostname()}`,
  };
  return compareOn(await openRepo(project), tools, asked, async (answered) => {
    const { comparison, kept, shown } = receive(project, answered, { base: baseName, head: headName });
    const { host, class: name, job } = answered;
    if (tools.json) {
      if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
      tools.out(JSON.stringify({ ...shown, comparison: kept.comparison, host, class: name, job }));
    } else tell(comparison, kept, markdown, tools);
    tools.say(`Measured on ${host} (class ${name}).`);
    if (junit) (await import('./junit.ts')).writeComparisons(junit, [comparison], tools.cwd);
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
