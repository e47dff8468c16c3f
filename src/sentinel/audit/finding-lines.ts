import { count } from '../../core/text.ts';
import { placesOf } from '../page/places.ts';
import { rules } from '../rules/table.ts';
import type { Audit } from './audit.ts';
import type { Line } from './section.ts';
import { byRule, type RuleFindings } from './words.ts';

/** Of one rule no more files are named; the JSON has all. */
const FILES = 3;

/**
 * What the rules found, once a rule and the grave ones first, each with where it stands and what to do:
 * `high: The session waits for the network before it begins (http-in-session-start, 2 hooks)`. `place`: the folder that was looked at.
 */
export const findingLines = (findings: Audit['findings'], place: string): Line[][] =>
  byRule(findings).map((group) => [
    [headOf(group)],
    ...(whereOf(group, place) === '' ? [] : [[`at ${whereOf(group, place)}`, 'faint'] as const]),
    ...(actOf(group) === null ? [] : [[`→ ${actOf(group)}`] as const]),
  ]);

function headOf({ rule, severity, title, found }: RuleFindings): string {
  const hooks = new Set(found.map(({ hook }) => hook)).size;
  return `${severity}: ${title} (${rule}, ${count(hooks, 'hook')})`;
}

function whereOf({ found }: RuleFindings, place: string): string {
  const files = placesOf(
    found.flatMap(({ lines }) => lines),
    place,
  );
  return `${files.slice(0, FILES).join('; ')}${files.length > FILES ? `; and ${files.length - FILES} more` : ''}`;
}

/** A finding that an older version kept may be of a rule that is no more. */
const actOf = ({ rule }: RuleFindings): string | null => rules.find(({ id }) => id === rule)?.remedy.act ?? null;
