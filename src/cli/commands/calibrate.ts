import { resolve } from 'node:path';
import { type Calibration, calibrate } from '../../bench/calibrate/calibrate.ts';
import { loadContract } from '../../contract/parse.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { mustAskOne } from '../../contract/suite.ts';
import { exit, failure } from '../../core/errors.ts';
import { percent, significant } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import { askedBy } from '../../experiment/asked-by.ts';
import { openRepo } from '../../git/repo.ts';
import { thresholdText } from '../../report/asked.ts';
import { define } from '../command.ts';
import { number, percent as percentage, text } from '../options.ts';
import { contractIn, projectToBegin } from '../project.ts';

export const command = define({
  name: 'calibrate',
  group: 'machine',
  summary: 'measure unchanged code against itself: how often does the gate err',
  detail:
    'Every session is judged like an attempt: by a first measurement (the screen) and, if that measurement passes, by a second (the confirmation). The project is not changed. Exit code 1: the gate accepted unchanged code, or did not notice a planted slowdown.',
  example: 'perf-gate calibrate --contract perf-gate.yaml --slowdown 10%',
  options: {
    '--contract <file>': text('the contract to calibrate (default: perf-gate.yaml of the project)'),
    '--sessions <n>': number('how many sessions of unchanged code', {
      least: 1,
      most: 1000,
      whole: true,
      otherwise: 10,
    }),
    '--slowdown <pct>': percentage(
      'also slow the command down by this much, and check that the gate notices (wall and CPU time only)',
      { least: 0.1, most: 1000 },
    ),
  },
  async run({ contract: named, sessions, slowdown = null }, tools) {
    const project = projectToBegin(tools.cwd);
    const file = named === undefined ? contractIn(project) : resolve(tools.cwd, named);
    if (file === undefined)
      throw failure('usage', {
        problem: '`calibrate` needs a contract. The contract says what is measured and which threshold counts.',
        hint: 'Pass --contract FILE, or name the contract perf-gate.yaml. `perf-gate schema` prints the schema of a contract.',
      });
    const contract = mustAskOne(loadContract(file), file);
    const made = await calibrate(await openRepo(project), tools, { contract, sessions, slowdownPct: slowdown });
    if (tools.json) tools.out(JSON.stringify(made));
    else tools.out(calibrationText(made, contract));
    return made.false_accepts > 0 || made.slowdown?.noticed === false ? exit.gateSaidNo : exit.done;
  },
});

function calibrationText(made: Calibration, contract: Contract): string {
  const { slowdown } = made;
  const asked = `The contract asks for ${thresholdText(askedBy(contract))}.`;
  const rows: [string, string][] = [
    [
      contract.metrics.primary.name,
      `${quantity(made.baseline, made.unit)}, ± ${shown(made.noise_pct)} from run to run`,
    ],
    ['judged by', `${made.test.replaceAll('_', ' ')}, measured by ${made.method}`],
    ['false accepts', `${made.false_accepts} of ${made.sessions} (the screen alone: ${made.screens_passed})`],
    [
      'looked different',
      `${made.looked_different} of ${made.sessions + 1} sessions; chance alone makes about one in a hundred look different`,
    ],
    ['can prove', `an improvement of ${shown(made.resolvable_pct)} or more (four of five such attempts pass)`],
    ...(made.session_effect ? [['session effect', sessionText(made.session_effect)] as [string, string]] : []),
    ...(slowdown ? [['slowdown', slowdownText(slowdown)] as [string, string]] : []),
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const table = rows.map(([name, text]) => `${name.padEnd(width)}${text}`);
  return [...table, '', asked, ...made.warnings.map((warning) => `! ${warning}`)].join('\n');
}

function sessionText({ sd_pct, hidden_pct }: NonNullable<Calibration['session_effect']>) {
  return sd_pct === 0
    ? `no difference between sessions is visible; the noise would hide a difference below about ${percent(hidden_pct)}`
    : `sessions differ from each other by ${percent(sd_pct)} (standard deviation); to allow for this, add to the contract: session_effect_pct: ${significant(sd_pct, 2)}`;
}

function slowdownText({ planted_pct, seen_pct, at_least_pct, noticed, pairs }: NonNullable<Calibration['slowdown']>) {
  const seen = `the estimate from ${pairs} pairs is a slowdown of ${shown(seen_pct)}`;
  return noticed
    ? `${planted_pct} % was planted and noticed: ${seen}, at least ${shown(at_least_pct)}`
    : `${planted_pct} % was planted and NOT noticed: ${seen}, which may be chance`;
}

const shown = (pct: number | null) => (pct === null ? 'unknown' : percent(pct));
