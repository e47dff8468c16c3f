import { endless } from '../rules/endless.ts';
import type { Finding } from '../rules/findings.ts';
import { noEarlyExit } from '../rules/no-early-exit.ts';
import { superlinearInPayload } from '../rules/superlinear-in-payload.ts';
import { rules } from '../rules/table.ts';
import type { Left } from './left.ts';
import { type Basis, ownerOf, type Proposal, type Shown } from './proposal.ts';

/** Rules whose remedy removes the hook, or makes Claude Code continue without waiting for the hook. */
const withoutHook = new Set(['blocking-without-use', 'registered-twice']);

/** Rules whose remedy changes when the hook runs, but not what the hook does. A measurement of the hook cannot show such a remedy. */
const unshown = new Set([...withoutHook, endless.id, 'broad-matcher', 'no-matcher']);

/** The rule about work that several hooks repeat. The file `of-several.ts` makes the proposals for this rule. */
const ofSeveral = 'duplicate-work';

/** The proposals that follow from the findings of one rule in one plugin. */
export function fromFindings({ audit, hooks, floor_ms }: Basis): Proposal[] {
  const owners = new Map(hooks.map((hook) => [hook.id, ownerOf(hook)] as const));
  const groups = new Map<string, Finding[]>();
  for (const finding of audit.findings.filter(({ rule }) => rule !== ofSeveral)) {
    const key = JSON.stringify([finding.rule, owners.get(finding.hook)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => proposalOf(group, owners.get(group[0]!.hook) ?? '?', floor_ms));
}

function proposalOf(group: readonly Finding[], owner: string, floor_ms: number): Proposal {
  const { rule, advice } = group[0]!;
  const { remedy } = rules.find(({ id }) => id === rule)!;
  const hooks = [...new Set(group.flatMap(concerned))];
  return {
    rule,
    title: `${owner}: ${remedy.act}`,
    hooks,
    files: [...new Set(group.flatMap(({ lines }) => lines.map(({ file }) => file)))],
    action: advice,
    effort: remedy.lines * hooks.length,
    left: remedy.saves ? leftBy(rule, hooks, floor_ms) : null,
    endless_ms: rule === endless.id ? 1000 * Math.max(...group.map(({ facts }) => Number(facts.seconds))) : null,
    shown: remedy.saves ? shownBy(rule) : null,
  };
}

/** The hooks that a finding concerns. If a script is declared several times, the finding concerns all its hooks except the first. */
const concerned = ({ rule, hook, facts }: Finding): readonly string[] =>
  rule === 'registered-twice' && Array.isArray(facts.hooks) ? facts.hooks.slice(1) : [hook];

const leftBy = (rule: string, hooks: readonly string[], floor_ms: number): Left =>
  new Map(hooks.map((id) => [id, withoutHook.has(rule) ? 'gone' : floor_ms] as const));

function shownBy(rule: string): Shown | null {
  if (unshown.has(rule)) return null;
  if (rule === superlinearInPayload.id) return 'long';
  return rule === noEarlyExit.id ? 'irrelevant' : 'usual';
}
