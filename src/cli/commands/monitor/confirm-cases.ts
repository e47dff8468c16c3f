import { exit } from '../../../core/errors.ts';
import { dayName } from '../../../core/time.ts';
import { withBenchCases } from '../../../monitor/analytics/bench-cases.ts';
import { historyAt, isOf, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import type { Case } from '../../../monitor/analytics/cases.ts';
import { monitorHome } from '../../../monitor/home.ts';
import { confirmCases } from '../../../monitor/proof/confirm.ts';
import { noteInstalled } from '../../../monitor/proof/note.ts';
import { changeCases } from '../../../monitor/store/cases.ts';
import { casesText } from '../../../monitor/text/analytics.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';
import { changeStored } from './stored.ts';

/** Measures the suspicions of open cases, shows the results, and returns an exit code: 1 if a regression is proved, 4 if undecided. */
export async function confirmAndShow(asked: string | undefined, tools: Tools): Promise<number> {
  const home = monitorHome(tools.env);
  const now = Date.parse(tools.clock.now());
  const history = await historyAt(tools);
  return changeStored(tools, async (db) => {
    await noteInstalled({ db, home, env: tools.env, now });
    const benchmarks = linesIn(db, '', history).filter(isOf(history));
    changeCases(db, (kept) => withBenchCases(kept, benchmarks, dayName(now)));
    const world = { ...tools, notify: noting(tools) };
    const cases = await confirmCases(asked, { db, home, now, world });
    if (tools.json) tools.out(JSON.stringify({ cases }));
    else tools.out(cases.length > 0 ? casesText(cases, 0, lookOf(tools)) : 'No open case can be measured.');
    return exitOf(cases);
  });
}

const noting =
  ({ say }: Tools): Tools['notify'] =>
  (event) => {
    if (event.kind === 'note') say(event.text);
  };

function exitOf(cases: readonly Case[]): number {
  const has = (state: Case['state']) => cases.some((one) => one.state === state);
  if (has('proved')) return exit.gateSaidNo;
  return has('open') ? exit.inconclusive : exit.done;
}
