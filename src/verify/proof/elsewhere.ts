import { differences, type Finding, findingsOf, type Note } from '../finding.ts';
import type { ComparisonPart, Proof, SuitePart } from './form.ts';

/** The fields of a record about the measuring host, and about a second host that had to confirm the verdict. */
type Said = (ComparisonPart | SuitePart)['record'];

const idOf = (record: Said) => ('suite' in record ? record.suite : record.comparison);

/**
 * Checks the record of the other class of hosts if one was requested. The record must exist, compare the same commits by the same contract,
 * name the confirmed record in `confirms`, and come from another class.
 */
export function checkElsewhere({ evidence, elsewhere }: Pick<Proof, 'evidence' | 'elsewhere'>): Finding[] {
  if (evidence.of === 'run')
    return elsewhere ? [{ code: 'elsewhere_differs', where: 'elsewhere', expected: null, found: elsewhere.of }] : [];
  const { confirm_on, base, head, contract_hash } = evidence.record;
  if (!elsewhere && confirm_on === undefined) return [];
  if (!elsewhere || confirm_on === undefined)
    return [
      { code: 'elsewhere_missing', where: 'elsewhere', expected: confirm_on ?? null, found: elsewhere?.of ?? null },
    ];
  const { record } = elsewhere;
  const expected = { of: evidence.of, base, head, contract_hash, confirms: idOf(evidence.record) };
  const found = {
    of: elsewhere.of,
    base: record.base,
    head: record.head,
    contract_hash: record.contract_hash,
    confirms: record.confirms,
  };
  const isOther = record.class !== undefined && record.class !== evidence.record.class;
  const isAsked = [record.class, record.host].includes(confirm_on);
  return [
    ...findingsOf('elsewhere_differs', 'elsewhere', differences(expected, found)),
    ...(isOther && isAsked
      ? []
      : [
          {
            code: 'elsewhere_differs' as const,
            where: 'elsewhere class',
            expected: `${confirm_on}, and not ${evidence.record.class ?? 'this machine'}`,
            found: record.class ?? null,
          },
        ]),
  ];
}

/**
 * Different verdicts of the two classes are a note and no contradiction, because the weaker verdict then becomes the verdict of the proof.
 */
export function notesElsewhere({ evidence, elsewhere }: Pick<Proof, 'evidence' | 'elsewhere'>): Note[] {
  if (!elsewhere || evidence.of === 'run') return [];
  const { verdict } = elsewhere.record;
  return verdict === evidence.record.verdict
    ? []
    : [{ code: 'elsewhere_disagrees', where: `${verdict} (${idOf(elsewhere.record)})` }];
}
