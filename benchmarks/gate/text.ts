import { table } from '../shared/table.ts';
import type { Figures } from './figures.ts';
import { fixedExecutions } from './goals.ts';
import { margin } from './rates.ts';
import type { Count, GateRow, RivalRow } from './simulate.ts';

const tests: Record<string, string> = { mann_whitney: 'MW', wilcoxon_signed_rank: 'SR' };
const finely = ({ of, count }: Count) => `${((100 * count) / of).toFixed(2)} %`;
const share = ({ of, count }: Count) => `${((100 * count) / of).toFixed(1)} %`;

/** The figures as tables for a terminal. */
export function textOf(figures: Figures): string {
  const { effort, gate, before, biased, atThreshold, noWorse, rivals, planted, goals } = figures;
  return [
    `${figures.machine}; seed "${effort.seed}"`,
    `The gate: ${effort.runs} runs of ten attempts, ${effort.powerAttempts} attempts for each power. MW Mann-Whitney, SR signed-rank; T threshold.\n`,
    gateTable(gate),
    '\nThe same by the rules before version 0.2 (three looks at 8, 14 and 20 pairs, and an estimate may reject):\n',
    gateTable(before),
    '\nEvery session is off as a whole by a normal bias of 2 % (T = 10 %, MW); the contract allows for it or not:\n',
    table(
      ['machine', 'session_effect_pct', 'false 0.9 T', '1.5 T', '2 T'],
      biased.map((r) => [
        r.machine,
        `${r.sessionEffectPct}`,
        share(r.falseRuns),
        share(r.power[1.5]),
        share(r.power[2]),
      ]),
    ),
    `\nAttempts at exactly T = 10 % (MW), ${effort.rated} each:\n`,
    table(
      ['machine', 'accepted', 'executions'],
      atThreshold.map((r) => [r.machine, finely(r.accepted), r.executions.toFixed(1)]),
    ),
    `\nNo worse than ${margin} % (MW), ${effort.rated} attempts each:\n`,
    table(
      ['machine', 'worse by', 'held', 'regressed', 'executions'],
      noWorse.map((r) => [
        r.machine,
        `${Math.abs(r.truth)} %`,
        finely(r.accepted),
        finely(r.rejected),
        r.executions.toFixed(1),
      ]),
    ),
    `\nOthers on the same machines: runs of ten attempts at 0.9 T with a false accept; in brackets, runs without any effect.\n`,
    rivalTable(rivals),
    ...(planted.length === 0
      ? []
      : [
          '\nReal processes with a planted gain (threshold 10 % of CPU time):\n',
          table(
            ['gain', 'attempts', 'accepted', 'inconclusive', 'executions'],
            planted.map((r) => [
              `${r.truth} %`,
              `${r.attempts}`,
              `${r.accepted}`,
              `${r.inconclusive}`,
              r.executions.toFixed(1),
            ]),
          ),
        ]),
    `\nGoals (a fixed design of 20 + 20 pairs takes ${fixedExecutions} executions):\n`,
    ...goals.map((g) => `${g.reached ? '✓' : '✗ MISSED'} ${g.goal}\n    worst: ${g.worst}`),
  ].join('\n');
}

function gateTable(rows: readonly GateRow[]): string {
  const head = [
    'machine',
    'T',
    'test',
    'false 0.9 T',
    'no effect',
    '1.25 T',
    '1.5 T',
    '2 T',
    'runs for 0',
    'for 2 T',
    '0 rejected',
  ];
  return table(
    head,
    rows.map((r) => [
      r.machine,
      `${r.pct} %`,
      tests[r.test] ?? r.test,
      share(r.falseRuns),
      share(r.falseRunsNoEffect),
      share(r.power[1.25]),
      share(r.power[1.5]),
      share(r.power[2]),
      r.executions.noEffect.toFixed(1),
      r.executions.twice.toFixed(1),
      share(r.rejectedNoEffect),
    ]),
  );
}

function rivalTable(rows: readonly RivalRow[]): string {
  const names = [...new Set(rows.map((r) => r.rival))];
  const cases = [...new Set(rows.map((r) => `${r.machine}\t${r.pct}`))].map(
    (key) => key.split('\t') as [string, string],
  );
  const cell = (machine: string, pct: string, rival: string) => {
    const row = rows.find((r) => r.machine === machine && `${r.pct}` === pct && r.rival === rival)!;
    return `${share(row.falseRuns)} (${share(row.falseRunsNoEffect)})`;
  };
  return table(
    ['machine', 'T', ...names],
    cases.map(([machine, pct]) => [machine, `${pct} %`, ...names.map((name) => cell(machine, pct, name))]),
  );
}
