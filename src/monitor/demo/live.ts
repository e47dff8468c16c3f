import { isFailure } from '../../core/errors.ts';
import { DAY, midnight } from '../../core/time.ts';
import type { World } from '../../core/world.ts';
import { median } from '../../stats/robust.ts';
import { rulesOf } from '../alerts/own-rules.ts';
import type { Case } from '../analytics/cases.ts';
import { lookForCases } from '../analytics/known-cases.ts';
import { configSchema } from '../config/schema.ts';
import { makeHome, monitorPaths } from '../home.ts';
import { confirmCases } from '../proof/confirm.ts';
import { noteInstalled } from '../proof/note.ts';
import { changedWords, proofWords, shiftWords, subjectWords } from '../report/case-words.ts';
import { casesIn } from '../store/cases.ts';
import { openStore } from '../store/open.ts';
import { writerOf } from '../store/write.ts';
import { dayOf } from './lived.ts';
import { addWork, executed, hooks, madePerson } from './plugins.ts';
import { type Quiets, type ReplayedAlert, raisedIn, replay } from './replayed.ts';

/**
 * Days on the demo's clock. On the day `changed`, one hook gets more work. On the day `busy`, the machine gets busy. The demo ends on the
 * day `end`.
 */
const days = { changed: 10, busy: 20, end: 30 };

/**
 * The number of real executions of each hook before the change. After the change, only the changed hook is executed, the same number of
 * times.
 */
const EXECUTIONS = 8;

/** The time from noon to the evaluation of the rules on each day, in ms. */
const LOOKED_MS = 1_800_000;

/** The load of the machine on quiet and on busy days, in processes per core. */
const loads = { quiet: 0.3, busy: 2.8 };

/** One step of the demo, on a day of the demo's clock. `text`: one or more sentences for the user. */
export type Step = {
  day: number;
  what: 'executed' | 'changed' | 'busy' | 'opened' | 'proved' | 'dismissed' | 'left_open' | 'no_cage' | 'alarm';
  text: string;
};

export type LiveDemo = { steps: Step[]; cases: Case[]; alerts: ReplayedAlert[] };

/**
 * Simulates a month with a separate clock and folder. Two hooks run in this month, and one of them gets more work. Their times come from
 * real executions. For every simulated day, the service's code stores these times, searches for cases, proves the cases in the cage (the
 * sandbox for measurements) and evaluates the rules. `tell` is called as soon as a step happens. @throws the errors of confirmCases, except
 * no_cage: without a cage, cases stay open
 */
export async function liveDemo(folder: string, world: World, tell: (step: Step) => void): Promise<LiveDemo> {
  const home = `${folder}/monitor`;
  makeHome(home);
  const paths = monitorPaths(home);
  const person = madePerson(folder, world.env);
  const own = { ...world, cwd: person.project, env: person.env };
  const steps: Step[] = [];
  const step = (day: number, what: Step['what'], text: string) => {
    steps.push({ day, what, text });
    tell({ day, what, text });
  };
  const executions = (hook: (typeof hooks)[keyof typeof hooks]) =>
    executed(hook, EXECUTIONS, person, () => world.clock.ms());
  const db = await openStore(paths.database);
  try {
    const writer = writerOf(db, { compress: true });
    const rules = rulesOf(configSchema.parse({}).alerting);
    const first = midnight(Date.parse(world.clock.now())) - days.end * DAY + DAY / 2;
    let times = { changed: await executions(hooks.changed), same: await executions(hooks.same) };
    const before = median(times.changed);
    step(0, 'executed', `notify.sh takes ${before.toFixed(1)} ms, and count.sh ${median(times.same).toFixed(1)} ms.`);
    const quiets: Quiets = new Map();
    const alarmed = new Set<string>();
    const look = async (day: number, now: number) => {
      const known = new Set(casesIn(db).map(({ id }) => id));
      lookForCases(db, now);
      const open = casesIn(db).filter(({ state }) => state === 'open');
      for (const one of open.filter(({ id }) => !known.has(id)))
        step(day, 'opened', `${subjectWords(one)}: ${shiftWords(one)}. ${changedWords(one)}`);
      // undecided cases are measured again on the next day, as the service would do
      for (const one of open.filter(({ id, left }) => !known.has(id) || left?.code === 'undecided')) {
        const after = await proved(one, { db, home, now, world: own });
        if (after) step(day, whatOf[after.state], `${subjectWords(after)}: ${proofWords(after)}`);
        else
          step(
            day,
            'no_cage',
            `${subjectWords(one)}: the case cannot be measured, because no cage (sandbox) is available here.`,
          );
      }
    };
    for (let day = 0; day < days.end; day++) {
      const noon = first + day * DAY;
      if (day === days.changed) {
        addWork(person);
        times = { ...times, changed: await executions(hooks.changed) };
        step(day, 'changed', `notify.sh gets more work: it takes ${median(times.changed).toFixed(1)} ms.`);
      }
      const isBusy = day >= days.busy;
      const factor = isBusy ? median(times.changed) / before : 1;
      if (day === days.busy)
        step(
          day,
          'busy',
          `The machine gets busy: both hooks take ${factor.toFixed(1)} times as long, with unchanged files.`,
        );
      await noteInstalled({ db, home, env: person.env, now: noon });
      writer.add(dayOf({ noon, project: person.project, times, factor, load: isBusy ? loads.busy : loads.quiet }), 0);
      await look(day, noon + LOOKED_MS);
      const span = { rules, since: noon, until: noon + LOOKED_MS, file: paths.alerts };
      replay(db, span, quiets);
      for (const { rule, labels, began, summary } of raisedIn(db, span, quiets)) {
        const key = JSON.stringify([rule, labels, began]);
        if (!alarmed.has(key)) step(day, 'alarm', summary);
        alarmed.add(key);
      }
    }
    const all = { rules, since: first, until: first + days.end * DAY };
    return { steps, cases: casesIn(db), alerts: raisedIn(db, all, quiets) };
  } finally {
    db.close();
  }
}

const whatOf: Record<Case['state'], Step['what']> = {
  open: 'left_open',
  proved: 'proved',
  not_proved: 'dismissed',
  gone: 'dismissed',
};

/** Tries to prove a case and returns the case with the result; null without a cage (the sandbox for measurements). */
async function proved(one: Case, around: Parameters<typeof confirmCases>[1]): Promise<Case | null> {
  try {
    return (await confirmCases(one.id, around))[0]!;
  } catch (error) {
    if (isFailure(error, 'no_cage')) return null;
    throw error;
  }
}
