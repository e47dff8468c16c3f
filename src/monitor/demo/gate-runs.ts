import { DAY, MINUTE } from '../../core/time.ts';
import { ofNoSession } from '../event.ts';
import type { Draft, Random } from './draft.ts';

/** Invented runs of perf-gate: the day, and the effect of each attempt in per cent of the base. A positive effect is an improvement. */
const runs = [
  { day: 4, effects: [12.4, -1.8] },
  { day: 13, effects: [0.4, 23.1, 3.2] },
  { day: 22, effects: [17.9] },
  { day: 25, effects: [-4.1, 8.6] },
];

/** The events of the invented runs: their stages and verdicts. `first`: the midnight at which day 0 begins. */
export const gateRuns = (first: number, random: Random): Draft[] =>
  runs.flatMap(({ day, effects }) => {
    const began = first + day * DAY + 9.5 * 60 * MINUTE;
    const run = `${new Date(began).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
    let t = began;
    const stage = (name: string, minutes: number, ok: boolean | null, attributes: Draft['attributes']): Draft => {
      const ms = Math.round(minutes * (0.8 + 0.4 * random()) * MINUTE);
      t += ms;
      return eventOf(t, name, ms, ok, { run, ...attributes });
    };
    const stages = [
      stage('baseline', 3, true, { result: 'measured', attempt: 1 }),
      ...effects.flatMap((effect_pct, i) => {
        const attempt = i + 1;
        const accepted = effect_pct > 5;
        return [
          stage('implement', 6, true, { result: 'done', attempt }),
          stage('verdict', 4, accepted, {
            ...{ result: accepted ? 'accepted' : 'rejected', attempt, judged: true, effect_pct },
            ...{ ci_low_pct: effect_pct - 2.1, ci_high_pct: effect_pct + 2.3, p: accepted ? 0.0004 : 0.41 },
          }),
        ];
      }),
    ];
    const accepted = effects.filter((effect) => effect > 5).length;
    return [...stages, eventOf(t, 'whole run', t - began, true, { run, result: 'completed', accepted })];
  });

const eventOf = (
  t: number,
  name: string,
  duration_ms: number,
  ok: boolean | null,
  attributes: Draft['attributes'],
): Draft => ({
  ...{ t, kind: 'run', name, duration_ms, ok, attributes },
  ...{ ...ofNoSession, source: 'demo' },
});
