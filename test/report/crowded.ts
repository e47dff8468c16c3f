import type { Effect, Story, StoryAttempt } from '../../src/report/story/story.ts';
import { attempt, broken, contract, effect, story } from './story.ts';

/** The output differed before the first sample. */
const unsampled = (): StoryAttempt => ({ ...broken(), attempt: 15, screen: { base: [], candidate: [] } });

/** A dozen watchdogs with long names and large figures. */
const manyWatchdogs = (): StoryAttempt['watchdogs'] =>
  Array.from({ length: 12 }, (_, i) => ({
    ...attempt().watchdogs[i % 2]!,
    name: `peak_of_the_resident_set_size_of_all_processes_of_stage_${i}`,
    baseline: 10 ** i,
    candidate: 1.2345 * 10 ** i,
    regression_pct: 23.45,
    ci95_pct: [-1234.5, 23_456.7],
  }));

/** Everything as long, large or small as it may get: names, gains, units; and attempts that measured little or nothing. */
export function crowded(): Story {
  const named = (number: number, hotspot: string, primary: Partial<Effect>) =>
    attempt({ attempt: number, hotspot, primary: effect(primary) });
  return story({
    run: '20260301-0912-make-the-monthly-report-of-all-customers-start-faster',
    task: 'Make the monthly report of all customers start faster, and CsvToJsonStreamTransformerFactoryBuilderProvider above all',
    repository: { ...story().repository, project: '.' },
    contract: {
      ...contract,
      primary: { ...contract.primary, name: 'time_to_the_first_meaningful_row_of_the_report', unit: 'ms' },
      threshold: 'at least 10 % and 5 ms less time_to_the_first_meaningful_row_of_the_report',
    },
    attempts: [
      named(1, 'parseAllTheRowsOfTheMonthlyReportAndMore src/report/monthly/parse-all-the-rows.ts:1042', {
        improvement_pct: 0.3,
        ci95_pct: [0.1, 0.5],
      }),
      named(12, 'WWWWWWWWWWWWWWWWWWWWWWWWWW src/w.ts:1', { improvement_pct: -1234.5, ci95_pct: [-2000, null] }),
      named(13, 'main', { improvement_pct: null, improvement: 93_600, ci95_pct: null, lower_bound_pct: null }),
      broken(),
      unsampled(),
      { ...named(16, 'main', { ci95_pct: [-5.1, 10.6], p: 1 }), watchdogs: manyWatchdogs() },
      named(14, '日本語の関数の名前はとても長いです src/表.ts:7', { improvement_pct: 99.9, ci95_pct: [99.8, 99.95] }),
    ],
    total: { ...story().total!, baseline: 205.4, candidate: 141.2 },
  });
}
