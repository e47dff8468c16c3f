import { count } from '../../core/text.ts';
import { placesOf } from '../page/places.ts';
import { rules } from '../rules/table.ts';
import type { Audit } from './audit.ts';
import type { Line } from './section.ts';
import { byRule, type RuleFindings } from './words.ts';

/** The largest number of files that the text output lists for one rule. The JSON output lists all files. */
const FILES = 3;

/**
 * The findings by rule, the most severe rule first, each rule with its files and its remedy: `high: The session waits for the network
 * before it begins (http-in-session-start, 2 hooks)`. `place`: the audited folder.
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

/** The remedy of a rule. Null if the rule no longer exists, because an older version of perf-gate made the finding. */
const actOf = ({ rule }: RuleFindings): string | null => rules.find(({ id }) => id === rule)?.remedy.act ?? null;
