import { firstBroken } from '../artifact/sample-chain.ts';
import { parseSample, samplesIn } from '../artifact/samples.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { MOST_RUNS } from '../contract/schema/repro.ts';
import { runsOf } from '../contract/schema/runs.ts';
import { sha256 } from '../core/hash.ts';
import { outputProblem } from '../experiment/guards.ts';
import type { Broken, Reason, SessionData } from '../experiment/judged.ts';
import { otherWall } from '../experiment/other-wall.ts';
import { asBase, type Planned, secondsPerRun, seedOf } from '../experiment/session.ts';
import { countsOf, sessionJudge, valuesOf } from '../experiment/session-judge.ts';
import { sessionPlan } from '../experiment/setup.ts';
import { type Step, stepsOf } from '../measure/sessions/plan.ts';
import { type Sample, sampleSchema } from '../measure/sessions/sample.ts';
import { isLook } from '../measure/sessions/session.ts';
import { type Metric, measuredValue } from '../measure/sources/sources.ts';
import type { ReadSamples } from './evidence.ts';
import { differences, type Finding, findingsOf } from './finding.ts';

/** A session to check: its plan, its record, and the path of the record. */
export type Given = {
  /** The contract in force. */
  contract: Contract;
  /** The seed of the order of executions in all sessions. */
  seed: string;
  planned: Planned;
  recorded: SessionData;
  /** Rounds numbers as the record does. Returns them unchanged if the record contains all digits. */
  kept<Data>(data: Data): Data;
  /** The expected executions. Left out if two arms were measured in the order that the seed determines. */
  schedule?: Schedule;
  /** The place that findings show: the artifact and its field, for example `comparison.md sessions.screen`. */
  where: string;
  /** The reason why the stage ended with this session, if a guard or an execution failed. */
  broken: Reason | null;
};

/** The expected executions of a session that does not stop early. `rows`: the rows before row `i`. */
export type Schedule = { length: number; at(i: number, rows: readonly Sample[]): Step | undefined };

/** The session as recomputed from its samples. */
export type Recomputed = {
  findings: Finding[];
  data: SessionData;
  broken: Broken | null;
  samples: number;
  seconds: number;
};

/** Refuses a forged schedule, which could need too much memory or time. `looks`: the numbers of pairs at the looks, from the baseline. */
export function mustHaveAnEnd({ repro }: Contract, looks: readonly number[] = []): void {
  const { first, last } = runsOf(repro);
  if (Math.max(repro.warmup_runs, first, last, ...looks) > MOST_RUNS)
    throw new Error(`the session has more than ${MOST_RUNS} executions of an arm`);
}

/** Judges a session again from the rows of its samples, and compares the result with the record. */
export function checkSession(read: ReadSamples, given: Given): Recomputed {
  const { contract, planned, recorded, where, kept } = given;
  const judge = sessionJudge(contract, planned);
  const seed = seedOf(given, planned);
  const plan = sessionPlan(contract, { id: planned.id, seed, looks: judge.points.map((p) => p.n) });
  const present = planned.baseFrom ? (['candidate'] as const) : (['base', 'candidate'] as const);
  const steps = stepsOf(plan, present);
  const schedule = given.schedule ?? { length: steps.length, at: (i) => steps[i] };
  const name = nameOf(planned.id);
  const rules = { session: planned.id, hash: recorded.samples_hash, schedule, metrics: plan.metrics };
  const { rows, findings } = readRows(read(planned.id), rules);

  const earlier = planned.baseFrom ? baseSamples(read, planned.baseFrom) : [];
  const taken = [...earlier];
  let over = false;
  for (const [i, row] of rows.entries()) {
    if (over) {
      findings.push({ code: 'samples_incomplete', where: name, expected: i, found: rows.length });
      break;
    }
    taken.push(row);
    over = outputProblem(taken, same) !== undefined;
    if (!over && !row.warmup && isLook(plan, { samples: taken, present, step: row }))
      over = judge.look(taken.filter((s) => !s.warmup)).action === 'stop';
  }
  over ||= rows.length === schedule.length;
  // A failed execution has no row. A session that a failure ended is therefore complete, even if its rows end between two looks.
  const failed =
    given.broken !== null && /^(base|candidate)_failed$|^base_changed$|^left_behind$/.test(given.broken.code);
  if (!over && !failed)
    findings.push({ code: 'samples_incomplete', where: name, expected: 'more', found: rows.length });

  const measured = taken.filter((s) => !s.warmup);
  const broken = failed ? null : (outputProblem(taken, same) ?? judge.problem(measured));
  const { warnings } = recorded;
  const data: SessionData = {
    session: planned.id,
    samples_hash: recorded.samples_hash,
    seed,
    order: contract.order,
    method: rows[0]?.method ?? recorded.method,
    ...(recorded.host === undefined ? {} : { host: recorded.host }),
    tree_method: rows[0]?.tree_method ?? recorded.tree_method,
    ...(recorded.room ? { room: recorded.room } : {}),
    pairs: Math.min(...countsOf(measured)),
    executions: taken.length,
    ...valuesOf(measured, contract.metrics.primary.name),
    ...otherWall(measured, contract),
    ...judge.conclude(broken || failed ? null : measured),
    warnings,
  };
  findings.push(...findingsOf('session_differs', where, differences(kept(data), kept(recorded))));
  return { findings, data, broken, samples: rows.length, seconds: secondsPerRun(measured) };
}

const same = (text: string) => text;
const nameOf = (session: string) => `samples/${session}.jsonl`;

/** Reads the samples of one arm in an earlier session. @throws samples_damaged */
function baseSamples(read: ReadSamples, { session, arm }: NonNullable<Planned['baseFrom']>): Sample[] {
  const lines = (read(session) ?? '').split('\n').slice(0, -1);
  return asBase(samplesIn(lines, nameOf(session), sampleSchema), arm);
}

type Rules = { session: string; hash: string | null; schedule: Schedule; metrics: readonly Metric[] };

/** The rows of a session, up to the first row that is unreadable or does not belong to the session. */
function readRows(text: string | null, rules: Rules): { rows: Sample[]; findings: Finding[] } {
  const { session, hash, schedule, metrics } = rules;
  const name = nameOf(session);
  if (text === null) {
    const missing: Finding = { code: 'samples_missing', where: name, expected: hash, found: null };
    return { rows: [], findings: hash === null ? [] : [missing] };
  }
  const findings: Finding[] = [];
  const found = sha256(text);
  if (found !== hash) findings.push({ code: 'samples_changed', where: name, expected: hash, found });
  const rows: Sample[] = [];
  const lines = text.split('\n').filter(Boolean);
  const broken = firstBroken(lines);
  for (const [i, line] of lines.entries()) {
    const where = `${name}:${i + 1}`;
    if (i + 1 === broken) findings.push({ code: 'sample_unchained', where, expected: 'its hash', found: 'another' });
    const row = parseSample(line, sampleSchema);
    if (!row)
      return {
        rows,
        findings: [...findings, { code: 'sample_unreadable', where, expected: 'JSON', found: line.slice(0, 80) }],
      };
    const { index, pair, arm, warmup } = row;
    const found = { index, pair, arm, warmup, session: row.session };
    const misplaced = differences({ ...schedule.at(i, [...rows, row]), session }, found);
    if (misplaced.length > 0)
      return { rows, findings: [...findings, ...findingsOf('sample_out_of_schedule', where, misplaced)] };
    findings.push(
      ...findingsOf(
        'metric_differs',
        where,
        metrics.flatMap((metric) => misread(metric, row)),
      ),
    );
    rows.push(row);
  }
  return { rows, findings };
}

/** Checks a metric that the instrument measures. A row contains its value twice: as the instrument read it, and in the metric's unit. */
function misread(metric: Metric, row: Sample) {
  const value = measuredValue(metric, row);
  return typeof value === 'number' ? differences(value, row.metrics[metric.name], `metrics.${metric.name}`) : [];
}
