import { count, listed } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { gradeOf } from '../audit/score.ts';
import { adviceOf, kindRows, programWords } from '../breakdown/words.ts';
import { bytes, cageWords, milliseconds as ms, notRunWords, toneOf } from '../words.ts';
import type { Benchmark, HookBenchmark } from './benchmark.ts';
import { targets } from './grade.ts';
import { beforeWords, loadWords, outcomeWords, share, spreadWords, targetWords } from './words.ts';

type Run = Extract<HookBenchmark, { state: 'run' }>;

/** Benchmarks as text, one block for each hook. Hooks that the scenario does not run are listed on one line. */
export function benchmarkText({ scenario, hooks, cage }: Benchmark, look: Look): string {
  const apart = hooks.filter((hook) => hook.state === 'not_run' && hook.why.code === 'not_in_scenario');
  const told = apart.length > 1 ? apart : [];
  const head = `${scenario === null ? '' : `Scenario ${scenario}. `}${cageWords(cage)}`;
  const rest = `This scenario has no event for: ${listed(told.map(({ id }) => id))}.`;
  return [
    wrap(shown(head, look), look.width),
    ...hooks.filter((hook) => !told.includes(hook)).map((hook) => linesOf(hook, look)),
    ...(told.length > 0 ? [wrap(shown(rest, look), look.width)] : []),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The width of the label column, with its margins. */
const LABEL = 15;

function linesOf(hook: HookBenchmark, look: Look): string[] {
  const head = paint([toned(shown(hook.id, look), 'strong')], look);
  if (hook.state === 'not_run')
    return [head, ...wrap(shown(notRunWords(hook.why), look), look.width - 2).map((line) => `  ${line}`)];
  const { before, score, grade } = hook;
  const row = ([label, words]: Row) =>
    wrap(shown(words, look), look.width - LABEL).map(
      (line, i) => `${`  ${i === 0 ? shown(label, look) : ''}`.padEnd(LABEL)}${line}`,
    );
  return [
    head,
    ...rowsOf(hook).flatMap(row),
    ...(before
      ? row(['before', beforeWords(before)]).map((line) => paint([before.worse ? toned(line, 'bad') : line], look))
      : []),
    ...breakdownLines(hook, row),
    paint(
      [
        '  ',
        toned(`${grade}, ${score}/100 (${gradeOf(score).words})`, toneOf(score)),
        `, from ${count(hook.runs, 'execution')}`,
        before?.worse ? toned('; more than 50 % slower than before', 'bad') : '',
      ],
      look,
    ),
  ];
}

const rowsOf = (hook: Run): Row[] => {
  const { load, inputs, cold_ms } = hook;
  const memory = hook.max_rss_kb === null ? 'unknown' : quantity(hook.max_rss_kb / 1024, 'MB');
  return [
    ['time', spreadWords(hook.wall)],
    ...(cold_ms === null ? [] : [['first time', ms(cold_ms)] as Row]),
    ['CPU, memory', `${ms(hook.cpu_ms)}, ${memory}`],
    [
      'prints',
      `${bytes(hook.stdout_bytes)} on stdout, ${bytes(hook.stderr_bytes)} on stderr; ${share(hook.feedback)} of executions printed something`,
    ],
    ['ended', outcomeWords(hook.outcomes)],
    ...(inputs.length > 1 ? inputs.map(({ input, wall_ms }): Row => ['on', `${input} ${ms(wall_ms)}`]) : []),
    ['targets', targetWords(hook)],
    ...(load ? [[`${count(load.users, 'user')} × ${load.requests}`, loadWords(load)] as Row] : []),
  ];
};

type Row = readonly [label: string, words: string];

/** How the traced execution spent its time. Advice is added if the median time exceeds the stricter target, `stretch_ms`. */
function breakdownLines({ breakdown, hosts, wall }: Run, row: (row: Row) => string[]): string[] {
  if (breakdown === null) return [];
  const advice = wall.p50 > targets.stretch_ms ? adviceOf(breakdown, hosts) : null;
  const kinds = kindRows(breakdown).map(
    ({ name, ms: time, share: part }) => name.padEnd(18) + time.padStart(9) + part.padStart(7),
  );
  return [
    ...row([
      'strace',
      `one execution of ${ms(breakdown.traced_ms)}, slowed down by strace; when several processes work at once, the time counts for only one process`,
    ]),
    ...kinds.map((line) => ' '.repeat(LABEL) + line),
    ...row(['at work', programWords(breakdown)]),
    ...(advice ? row(['advice', advice]) : []),
  ];
}
