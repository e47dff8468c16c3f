import { differences, type Finding, findingsOf, type Note } from '../finding.ts';
import type { ComparisonPart, Proof, SuitePart } from './form.ts';

/** The fields of a record about the host that measured it, and about the other host. */
type Said = (ComparisonPart | SuitePart)['record'];

const idOf = (record: Said) => ('suite' in record ? record.suite : record.comparison);

/**
 * Checks the record of the other class: it exists if it was requested, compares the same commits by the same contract, and was made for
 * this verdict on another class of hosts.
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

/** Different verdicts on both classes are a note, no contradiction: the weaker one counts. */
export function notesElsewhere({ evidence, elsewhere }: Pick<Proof, 'evidence' | 'elsewhere'>): Note[] {
  if (!elsewhere || evidence.of === 'run') return [];
  const { verdict } = elsewhere.record;
  return verdict === evidence.record.verdict
    ? []
    : [{ code: 'elsewhere_disagrees', where: `${verdict} (${idOf(elsewhere.record)})` }];
}
