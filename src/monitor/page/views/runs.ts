import type { runs as data } from '../../serve/views/runs.ts';
import { h } from '../h.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { samples } from '../samples.ts';
import { table } from '../table.ts';
import type { PageView } from '../view.ts';
import { ago, folder, moment, number, time } from '../words.ts';

type Data = ReturnType<typeof data>;
type Live = Data['live'][number];
type Interval = readonly [number | null, number | null] | null;

/** Formats an effect with its interval as `+12.3 % [8.1, 16.0]`. A positive effect is an improvement. */
function effect(effect_pct: number | null, interval: Interval): string {
  if (effect_pct === null) return '–';
  const [low = null, high = null] = interval ?? [];
  return `${signed(effect_pct)} % [${low === null ? '−∞' : signed(low)}, ${high === null ? '∞' : signed(high)}]`;
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

/** The verdict as a coloured word. The colour repeats what the word says. */
const verdict = (result: string) => {
  const tones: Readonly<Record<string, string>> = { accepted: 'good', completed: 'good', rejected: 'bad' };
  return h('b', { class: Object.hasOwn(tones, result) ? tones[result] : 'soft' }, result);
};

export const runs: PageView<Data> = {
  name: 'runs',
  title: 'Runs of the gate',
  about: 'Runs of perf-gate in your projects: their stages, their samples as they arrive, and their verdicts.',
  spans: true,
  eager: true,
  draw(into, { now, live, earlier }) {
    if (live.length + earlier.length === 0) {
      const how =
        'No run was recorded. `perf-gate start` begins a run; `perf-gate monitor import --runs` reads earlier runs.';
      into.append(section('Runs of the gate', null, nothing(how.replaceAll('`', ''))));
      return;
    }
    for (const run of live) into.append(card(run, now));
    if (earlier.length > 0) into.append(verdicts(earlier));
  },
};

function card(run: Live, now: number): HTMLElement {
  const { project, stage, ended, paused, since, attempts, measuring } = run;
  const at = ended ?? (paused ? `${stage}, paused` : stage);
  const kept = attempts.filter((attempt) => attempt.kept).length;
  return section(
    `Run ${run.run} in ${folder(project)}`,
    'A run is named after the minute in which it began. The terminal and the report of the run show more.',
    tiles(
      tile('Stage', at, `since ${moment(since)} (${ago(now - since)})`, ended === null ? 'open' : ''),
      tile('Attempts', number(attempts.length), `${number(kept)} kept`),
      ...(measuring
        ? [
            tile(
              'Effect so far',
              effect(measuring.effect_pct, measuring.ci95_pct),
              'per cent of the base, 95 % interval',
            ),
            tile('Samples', `${measuring.base.length} + ${measuring.candidate.length}`, 'base + candidate'),
          ]
        : []),
    ),
    h(
      'ol',
      { class: 'stages' },
      ...run.stages.map(({ stage: left, result }) => h('li', {}, `${left}: `, verdict(result))),
    ),
    measuring && samples(measuring),
    attempts.length > 0 &&
      table(
        `Attempts of run ${run.run}`,
        [
          { title: 'attempt', cell: ({ attempt }) => number(attempt) },
          { title: 'verdict', cell: (attempt) => verdict(attempt.verdict) },
          { title: 'effect', cell: ({ effect_pct, ci95_pct }) => effect(effect_pct, ci95_pct), figure: true },
        ],
        attempts,
      ),
  );
}

const verdicts = (earlier: Data['earlier']) =>
  section(
    'Verdicts and ends',
    'In the selected time span. A run is named after the minute in which it began.',
    table(
      'Verdicts and ends of runs',
      [
        { title: 'run', cell: ({ run }) => run },
        { title: 'part', cell: ({ attempt }) => (attempt === null ? 'whole run' : `attempt ${attempt}`) },
        { title: 'result', cell: ({ result }) => verdict(result) },
        { title: 'effect', cell: ({ effect_pct, ci95_pct }) => effect(effect_pct, ci95_pct), figure: true },
        { title: 'took', cell: ({ duration_ms }) => time(duration_ms), figure: true },
        { title: 'when', cell: ({ t }) => moment(t), figure: true },
      ],
      earlier,
    ),
  );
