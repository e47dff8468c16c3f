import { isDone } from '../artifact/journal.ts';
import { matchesProtected } from '../contract/protects.ts';
import { isLeftToNoise } from '../contract/schema/runs.ts';
import type { SessionData } from '../experiment/judged.ts';
import { assessBaseline } from '../experiment/noise.ts';
import { deciding, judged } from '../experiment/verdict.ts';
import { changesInProject } from '../git/changes.ts';
import { baseBefore } from '../record/base-before.ts';
import { controlOf } from '../record/control.ts';
import type { AttemptRecord, BaselineData, RemeasureData, ReportData } from '../record/data.ts';
import { askedOf, attemptsOf, contractOf, hasContract } from '../record/history.ts';
import { productOfGains } from '../record/limits.ts';
import { outcomeSoFar } from '../record/outcome.ts';
import { attemptSession, baselineSession, controlSession, totalSession } from '../record/planned-sessions.ts';
import { protectedOf } from '../record/protected.ts';
import { isStep, lastStep, type RunState } from '../record/state.ts';
import type { Evidence, Made } from './evidence.ts';
import { differences, type Finding, findingsOf, notCheckable } from './finding.ts';
import { checkSession, mustHaveAnEnd, type Recomputed } from './session.ts';
import { type CheckOne, checkSessions } from './sessions.ts';

export type CheckedJudgements = { findings: Finding[]; sessions: number; samples: number };

/** Judges every session and attempt again from the raw samples, and compares the results with the run's record. */
export function checkJudgements(evidence: Evidence): CheckedJudgements {
  const all: CheckedJudgements = { findings: [], sessions: 0, samples: 0 };
  /** The newest measurement of an attempt, recomputed from its samples. The verdict is checked against this measurement. */
  let measured: RemeasureData | undefined;
  const session = (made: Made, field: string, recorded: SessionData, broken: RemeasureData['broken'] = null) => {
    const { before, record } = made;
    const where = `${record.artifact} ${field}`;
    const planned = plans[record.stage]!(before, field);
    const given = { contract: contractOf(before), seed: evidence.state.run, planned, recorded, where, broken };
    const checked = checkSession(evidence.samples, { ...given, kept: (data) => data });
    all.findings.push(...checked.findings);
    all.sessions += 1;
    all.samples += checked.samples;
    return checked;
  };
  const check = (made: Made) => {
    const { before, record, step } = made;
    if (hasContract(before)) mustHaveAnEnd(contractOf(before), lastStep(before, 'baseline')?.data.looks);
    if (isStep(step, 'baseline')) {
      const sessions = step.data.aa.map((recorded, i) => session(made, `aa.${i}`, recorded));
      all.findings.push(...checkBaseline(made, step.data, sessions));
    }
    if (isStep(step, 'remeasure')) {
      const check: CheckOne = (field, recorded, broken) => session(made, field, recorded, broken);
      const mustBe = touchedProtected(evidence, before) ? 'protected_path' : undefined;
      const where = record.artifact ?? '';
      const checked = checkSessions(step.data, { contract: contractOf(before), where, mustBe, check });
      for (const [i, recorded] of (step.data.control ?? []).entries()) session(made, `control.${i}`, recorded);
      measured = { ...step.data, ...checked.sessions };
      all.findings.push(...checked.findings, ...checkHost(before, step.data, where));
    }
    if (isStep(step, 'verdict') && measured) all.findings.push(...checkVerdict(made, step.data, measured));
    if (isStep(step, 'report')) {
      const { data, artifact } = step;
      const total = data.session && session(made, 'session', data.session).data;
      all.findings.push(...checkTotal(before, artifact, data, total));
    }
  };
  for (const made of evidence.made.filter(({ record }) => isDone(record)))
    try {
      check(made);
    } catch (error) {
      all.findings.push(notCheckable(made.record.artifact ?? made.record.stage, error));
    }
  return all;
}

const plans: Record<string, (before: RunState, field: string) => ReturnType<typeof totalSession>> = {
  baseline: (before, field) => baselineSession(before, Number(field.split('.')[1]) + 1),
  remeasure: (before, field) =>
    field.startsWith('control.')
      ? controlSession(before, Number(field.split('.')[1]) + 1)
      : attemptSession(before, field as 'screen' | 'confirmation'),
  report: totalSession,
};

/** Checks that the base had been measured on the host that measured the attempt. */
function checkHost(before: RunState, data: RemeasureData, where: string): Finding[] {
  if (!data.screen) return [];
  const { host } = baseBefore(before, data).session;
  return findingsOf('session_differs', where, differences({ host: host ?? null }, { host: data.screen.host ?? null }));
}

/** Checks the baseline's result, and the statistical test and the looks that follow from the baseline's samples. */
function checkBaseline({ before, record }: Made, data: BaselineData, [first, ...more]: Recomputed[]): Finding[] {
  const { seconds } = first!;
  const sessions = [first!.data, ...more.map((s) => s.data)] as const;
  const contract = contractOf(before);
  const { test, looks, seen, result } = assessBaseline(contract, sessions, seconds);
  // a run of an old version records no looks, because its contract has the numbers of pairs
  const hasLooks = data.looks !== undefined || isLeftToNoise(contract.repro);
  const expected = {
    result,
    test,
    baseline: first!.data.judgement?.baseline,
    resolvable_pct: seen.improvement_pct,
    seconds_per_run: seconds,
    ...(hasLooks ? { looks } : {}),
  };
  const found = {
    result: record.result,
    test: data.test,
    baseline: data.baseline,
    resolvable_pct: data.resolvable_pct,
    seconds_per_run: data.seconds_per_run,
    ...(hasLooks ? { looks: data.looks } : {}),
  };
  return findingsOf('session_differs', record.artifact ?? '', differences(expected, found));
}

function touchedProtected(repo: { prefix: string }, before: RunState): boolean {
  const changed = changesInProject(repo, lastStep(before, 'fix')!.data.changes).map((change) => change.path);
  return matchesProtected(changed, protectedOf(before)).length > 0;
}

/**
 * Checks a verdict by calling the code that judged the attempt. Reasons are compared by their codes, because the wording of their sentences
 * may have changed.
 */
function checkVerdict({ before, record }: Made, data: AttemptRecord, measured: RemeasureData): Finding[] {
  const { data: fix } = lastStep(before, 'fix')!;
  if (!measured.broken && !deciding(measured)?.judgement) return [];
  const { verdict, reasons, primary, watchdogs } = judged(measured, askedOf(before), controlOf(before, measured));
  const expected = {
    result: verdict,
    verdict,
    reasons: reasons.map((r) => r.code),
    primary,
    watchdogs,
    told: measured.told,
    ...{ ref: fix.ref, base: fix.base, snapshot: fix.snapshot, changes: fix.changes },
  };
  const { ref, base, snapshot, changes, told: caveats } = data;
  const codes = data.reasons.map((r) => r.code);
  const found = { result: record.result, verdict: data.verdict, reasons: codes, primary: data.primary };
  const differing = differences(expected, {
    ...found,
    watchdogs: data.watchdogs,
    told: caveats,
    ref,
    base,
    snapshot,
    changes,
  });
  return findingsOf('verdict_differs', record.artifact ?? '', differing);
}

function checkTotal(before: RunState, artifact: string | null, data: ReportData, total: SessionData | null): Finding[] {
  const seen = total?.judgement;
  const expected = {
    outcome: outcomeSoFar(attemptsOf(before)),
    total: seen ? { improvement_pct: seen.improvement_pct, ci95_pct: seen.ci95_pct } : null,
    product_of_gains_pct: productOfGains(before),
  };
  const { outcome, total: recordedTotal, product_of_gains_pct } = data;
  return findingsOf(
    'total_differs',
    artifact ?? '',
    differences(expected, { outcome, total: recordedTotal, product_of_gains_pct }),
  );
}
