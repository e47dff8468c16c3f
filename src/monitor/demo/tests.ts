import { eventsOfRun } from '../sources/tests/events.ts';
import type { TestCase } from '../sources/tests/report.ts';
import type { Draft, Random } from './draft.ts';

/** The tests of the invented project by suite, with their times in ms. */
const suites: Readonly<Record<string, readonly { name: string; ms: number }[]>> = {
  'cart.test.ts': [
    { name: 'adds an item', ms: 420 },
    { name: 'reckons the sum', ms: 310 },
    { name: 'keeps a cart over a restart', ms: 2300 },
  ],
  'login.test.ts': [
    { name: 'refuses a wrong password', ms: 900 },
    { name: 'forgets a session after an hour', ms: 4400 },
  ],
  'search.test.ts': [
    { name: 'finds a word', ms: 650 },
    { name: 'finds nothing', ms: 210 },
  ],
};

/** The name of the flaky test. */
export const flaky = 'forgets a session after an hour';

type Testing = { session: string; t: number; random: Random };

/** The events of a test run at the end of a session. The run contains all suites or one selected suite. */
export function testRun({ session, t, random }: Testing): Draft[] {
  const isAll = random() < 0.6;
  const chosen = Object.keys(suites)[Math.floor(random() * 3)];
  const cases = Object.entries(suites).flatMap(([suite, tests]) =>
    tests.map(({ name, ms }): TestCase => {
      const isRun = isAll || suite === chosen;
      const failed = name === flaky && random() < 0.45;
      return {
        suite,
        name,
        ms: isRun ? Math.round(ms * (0.9 + 0.3 * random())) : 0,
        outcome: isRun ? (failed ? 'failed' : 'ok') : 'skipped',
        retried: isRun && name === flaky && !failed && random() < 0.2,
      };
    }),
  );
  const wall_ms = 800 + cases.reduce((sum, { ms }) => sum + ms, 0);
  const about = { project: 'shop', commit: null, t: Math.round(t), identity: session, isOwn: () => true };
  return eventsOfRun({ framework: 'vitest', began: null, wall_ms, time: 'wall', cases }, about);
}
