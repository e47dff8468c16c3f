import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import { type Redundancy, redundancy } from './redundancy.ts';
import type { Facts, Measured, Severity } from './rule.ts';
import { rules } from './table.ts';

/** What a rule found in a hook. `advice` is made of the facts, in plain text. */
export type Finding = {
  rule: string;
  severity: Severity;
  /** The hook's id. */
  hook: string;
  lines: readonly Place[];
  facts: Facts;
  title: string;
  advice: string;
};

/**
 * What the rules say of hooks, hook by hook and the grave first. `scripts`: by the hooks' ids, from `readHook`; hooks without one are
 * passed over. `measured`: by id, what running them showed; null if nothing was run.
 */
export function findings(
  hooks: readonly Hook[],
  scripts: ReadonlyMap<string, Script>,
  measured: ReadonlyMap<string, Measured> | null,
  repeated: readonly Redundancy[] = redundancy(hooks, scripts),
): Finding[] {
  return hooks.flatMap((hook) => {
    const script = scripts.get(hook.id);
    if (!script) return [];
    const seen = { hook, script, measured: measured?.get(hook.id) ?? null, hooks, scripts, redundancy: repeated };
    return rules
      .filter(({ dead }) => (dead ?? false) === (hook.dead !== null))
      .flatMap(({ id, severity, title, advice, detect }) =>
        detect(seen).map(({ lines, facts, severity: own }) => ({
          rule: id,
          severity: own ?? severity,
          hook: hook.id,
          lines,
          facts,
          title,
          advice: advice(facts),
        })),
      );
  });
}
