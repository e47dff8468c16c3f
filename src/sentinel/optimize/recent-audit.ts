import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { DAY } from '../../core/time.ts';
import type { World } from '../../core/world.ts';
import type { DryRunOptions } from '../dry-run/options.ts';
import type { Hook } from '../hook.ts';
import { rules } from '../rules/table.ts';
import { readHook } from '../shell/read-hook.ts';
import { type KeptAudit, latestAudit, type Subject } from '../store/audits.ts';
import { conditionsOf, tellsAll } from '../store/conditions.ts';
import { sentinelHome } from '../store/home.ts';
import { handlerWords } from '../words.ts';

/**
 * The stored audit of these hooks from the last 24 hours, if it contains all results that a new audit would contain. Null if no such audit
 * exists, or if a file that a hook runs has changed since.
 */
export async function recentAudit(
  subject: Subject,
  { hooks, dry }: { hooks: readonly Hook[]; dry: DryRunOptions },
  world: World,
): Promise<KeptAudit | null> {
  const kept = latestAudit(sentinelHome(world.env), subject);
  if (kept === null || Date.parse(world.clock.now()) - Date.parse(kept.at) > DAY) return null;
  const { audit, at, conditions } = kept;
  if (conditions === null || !tellsAll(conditions, conditionsOf(dry))) return null;
  // another perf-gate version possibly made the audit, with rules that this version does not have
  if (audit.findings.some(({ rule }) => !rules.some(({ id }) => id === rule))) return null;
  const isAlike = audit.cage.level !== 'none' && audit.cage.network === dry.network && audit.cage.state === dry.state;
  const said = (all: readonly { id: string; event: string; matcher: string | null; command: string }[]) =>
    JSON.stringify(all.map(({ id, event, matcher, command }) => [id, event, matcher, command]));
  const declared = hooks.map((hook) => ({ ...hook, command: handlerWords(hook.handler) }));
  if (!isAlike || said(audit.hooks) !== said(declared)) return null;
  const around = { project: world.cwd, home: world.env.HOME ?? homedir() };
  const scripts = await Promise.all(hooks.map((hook) => readHook(hook, around)));
  const files = new Set([
    ...hooks.map(({ file }) => file),
    ...scripts.flatMap(({ texts }) => texts.map((t) => t.file)),
  ]);
  return [...files].some((file) => changedAt(file) > Date.parse(at)) ? null : kept;
}

/** When a file changed, in ms since 1970. Infinity for a missing file, which is later than any audit. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
