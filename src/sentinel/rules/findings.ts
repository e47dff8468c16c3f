import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import { type Redundancy, redundancy } from './redundancy.ts';
import type { Facts, Measured, Severity } from './rule.ts';
import { rules } from './table.ts';

/** One finding of a rule in a hook. `advice` is made from the facts, in plain text. */
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
 * The findings of all rules, hook by hook, the most severe rules first.
 *
 * @param scripts the scripts by hook id, from `readHook`; hooks without a script are skipped
 * @param measured the results of the hooks' executions, by hook id; null if no hook was run
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
