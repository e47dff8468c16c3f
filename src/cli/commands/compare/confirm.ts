import { hostname } from 'node:os';
import { shownComparison, shownSuite } from '../../../compare/shown.ts';
import { compareSuite } from '../../../compare/suite.ts';
import { isSuite } from '../../../contract/suite.ts';
import { atOnce } from '../../../core/at-once.ts';
import { notesOf } from '../../../core/world.ts';
import { weakest } from '../../../experiment/weakest.ts';
import { askFleet } from '../../../fleet/client/ask.ts';
import { mustBeOtherClass } from '../../../fleet/client/classes.ts';
import { printedThere } from '../../../fleet/client/receive.ts';
import { databaseOf, fleetName } from '../../../fleet/names.ts';
import { openRepo, type Repo } from '../../../git/repo.ts';
import type { Comparison } from '../../../record/comparison.ts';
import { exitCodes } from '../../../run/outcome.ts';
import type { Tools } from '../../terminal/tools.ts';
import { askedOf } from '../fleet/asked.ts';
import { type Commits, compareTwoCommits, type askedOf as contractFor } from './commits.ts';
import { type Measured, measuredThere, mustBeElsewhere } from './on.ts';
import { tellBoth } from './tell-both.ts';

type Request = Commits & { confirmOn: string; record: boolean; markdown: boolean; junit: string | undefined };
type Given = ReturnType<typeof contractFor>;
type Said = Partial<Pick<Comparison, 'confirm_on' | 'confirms'>>;

/**
 * Judges two commits on two classes of machines. The first class is that of --on. Without --on, this machine measures instead. The second
 * class is that of --confirm-on. Keeps and prints both comparisons. Returns the exit code of the weaker verdict.
 * @throws usage, fleet_same_class, and the errors of a comparison on a fleet
 */
export async function compareOnBoth(request: Request, given: Given, tools: Tools): Promise<number> {
  mustBeElsewhere(request, '--confirm-on');
  const { on, confirmOn, database, remote, baseName: base, headName: head, noWorseThan = null } = request;
  const second = fleetName(confirmOn, '--confirm-on');
  await mustBeOtherClass(databaseOf(database, tools.env), { first: on ?? null, second }, tools);
  const repo = await openRepo(given.project);
  const there = (name: string, signal: AbortSignal, said: () => Promise<Said>) => {
    const { contract, path } = given;
    const asked = askedOf(
      { on: name, database, remote },
      { what: 'compare', base, head, noWorseThan, contract, path },
      tools,
    );
    return askFleet(repo, { ...tools, signal, notify: notesOf(name, tools.notify) }, asked, async (answers) => {
      answers.forEach(printedThere); // throws a host's error at once, without waiting for the other comparison
      return measuredThere(repo.project, answers, { names: { base, head }, ...(await said()) });
    });
  };
  const first = (signal: AbortSignal) =>
    on === undefined
      ? measuredHere(repo, request, given, tools)
      : there(on, signal, async () => ({ confirm_on: confirmOn }));
  const confirming = (signal: AbortSignal, one: Promise<Measured>) => there(second, signal, async () => of(await one));
  // If this machine measures, the fleet measures afterwards. A process that waits for the fleet would disturb the local measurement.
  const both =
    on === undefined
      ? await inTurn(first(tools.signal), (one) => confirming(tools.signal, one))
      : await atOnce(tools.signal, first, confirming);
  await tellBoth(both, request, tools);
  return exitCodes[weakest(both.map(({ comparison }) => comparison.verdict))];
}

const of = ({ kept }: Measured): Said => (kept.comparison === null ? {} : { confirms: kept.comparison });

async function inTurn<A, B>(first: Promise<A>, second: (one: Promise<A>) => Promise<B>): Promise<[A, B]> {
  return [await first, await second(first)];
}

async function measuredHere(repo: Repo, request: Request, given: Given, tools: Tools): Promise<Measured> {
  const place = { host: hostname(), class: null, job: null };
  if (isSuite(given.contract)) {
    const { baseName: base, headName: head, confirmOn } = request;
    const { comparison, kept } = await compareSuite(repo, tools, { base, head, contract: given.contract, confirmOn });
    return { kind: 'suite', comparison, kept, shown: { ...shownSuite(comparison, kept), ...place } };
  }
  const { comparison, kept } = await compareTwoCommits(request, given, tools);
  return { kind: 'comparison', comparison, kept, shown: { ...shownComparison(comparison, kept), ...place } };
}
