import { rounded } from '../artifact/frontmatter.ts';
import { hashContract } from '../contract/seal.ts';
import { askedBy } from '../experiment/asked-by.ts';
import { designOf } from '../experiment/experiment.ts';
import type { Judged, SessionData, Sessions } from '../experiment/judged.ts';
import { pointsOf } from '../experiment/points.ts';
import { deciding, judged } from '../experiment/verdict.ts';
import { warmUps } from '../measure/sessions/plan.ts';
import { type ComparisonRecord, contractInForce } from '../record/comparison.ts';
import type { ReadSamples } from './evidence.ts';
import { differences, type Finding, findingsOf } from './finding.ts';
import type { CheckedJudgements } from './judgements.ts';
import { checkSession, mustHaveAnEnd, type Schedule } from './session.ts';
import { checkSessions } from './sessions.ts';

/** The name of the samples of a base that was saved before the comparison. */
const SAVED = 'saved';

/** The sessions whose samples decide a comparison. */
export const sessionsOfComparison = ({ sessions: { screen, confirmation }, against }: ComparisonRecord): string[] => [
  ...[screen, confirmation].flatMap((session) => (session ? [session.session] : [])),
  ...(against === null ? [] : [SAVED]),
];

/** Judges a comparison again from its samples, and compares the result with the comparison's record. `where` names the record. */
export function checkComparison(record: ComparisonRecord, read: ReadSamples, where: string): CheckedJudgements {
  const contract = contractInForce(record);
  mustHaveAnEnd(contract);
  const hash = hashContract(record.contract);
  const findings = findingsOf('contract_hash', where, differences(record.contract_hash, hash, 'contract_hash'));
  const counts = { sessions: 0, samples: 0 };
  const check = (field: string, recorded: SessionData, broken: Sessions['broken']) => {
    const checked = checkSession(read, {
      contract,
      seed: record.of === 'commits' ? `${record.base}..${record.head}` : record.started_at,
      planned: {
        id: field,
        ...designOf(contract),
        ...(record.against === null ? {} : { baseFrom: { session: SAVED, arm: 'candidate' } as const }),
      },
      recorded,
      where: `${where} sessions.${field}`,
      broken,
      kept: rounded,
      ...(record.of === 'commands' ? { schedule: rounds(warmUps(contract.repro), pointsOf(contract).at(-1)!) } : {}),
    });
    findings.push(...checked.findings);
    counts.sessions += 1;
    counts.samples += checked.samples;
    return checked;
  };
  const again = checkSessions(record.sessions, { contract, where, check });
  findings.push(...again.findings, ...checkVerdict(record, again.sessions, where));
  return { findings, ...counts };
}

function checkVerdict(record: ComparisonRecord, sessions: Sessions, where: string): Finding[] {
  if (!sessions.broken && !deciding(sessions)?.judgement) return [];
  const expected = saidOf(judged(sessions, askedBy(contractInForce(record))));
  return findingsOf('verdict_differs', where, differences(rounded(expected), rounded(saidOf(record))));
}

const saidOf = ({ verdict, reasons, primary, watchdogs }: Judged) => ({ verdict, reasons, primary, watchdogs });

/**
 * The schedule of two commands that were measured in turn, perhaps with other commands. Each round has one execution of each command, in
 * either order.
 */
function rounds(warm: number, pairs: number): Schedule {
  return {
    length: 2 * (warm + pairs),
    at(i, rows) {
      const [before, row] = [rows[i - 1], rows[i]!];
      const round = Math.floor(i / 2);
      const second = before?.arm === 'base' ? 'candidate' : 'base';
      return {
        index: Math.max(row.index, (before?.index ?? -1) + 1),
        pair: Math.max(0, round - warm + 1),
        arm: i % 2 === 0 ? row.arm : second,
        warmup: round < warm,
      };
    },
  };
}
