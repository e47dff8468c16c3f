import type { EventDryRun } from '../dry-run/result.ts';
import type { Hook } from '../hook.ts';
import { endless } from '../rules/endless.ts';
import type { Finding } from '../rules/findings.ts';
import { rules } from '../rules/table.ts';
import type { Minutes, Often } from './minutes.ts';
import { savingOf } from './saving.ts';

/** A recommendation for the findings of one rule in one plugin. */
export type Recommendation = Often & {
  title: string;
  rule: string;
  hooks: readonly string[];
  /** The files to change. */
  files: readonly string[];
  /**
   * The most that the change saves at each event, in ms. For a hook that does not end, the number is the least that the change saves. Null
   * if the change saves no time, or if no hook was run.
   */
  impact_ms: number | null;
  /** The approximate number of lines to change. */
  effort: number;
  /** 1: high impact, low effort; 2: high impact, medium effort; 3: high impact, high effort; 4: all others. */
  priority: 1 | 2 | 3 | 4;
};

/**
 * The impact counts as high if a change saves at least this number of ms at each event. On a day with a hundred edits, this saves 2
 * seconds, which users notice.
 */
const HIGH_MS = 20;

/**
 * The recommendations, sorted by priority. Within a priority, they are sorted by the saving per day. If that saving is unknown, the saving
 * per event is used. `events` is empty if no hook was run. `minutes` is null if the frequency of events is unknown.
 */
export function recommend(
  findings: readonly Finding[],
  hooks: readonly Hook[],
  events: readonly EventDryRun[],
  minutes: Minutes | null,
): Recommendation[] {
  const plugins = new Map(hooks.map(({ id, plugin, source }) => [id, plugin ?? source] as const));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, plugins.get(finding.hook)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .map((group) => {
      const { rule, hook } = group[0]!;
      const { remedy } = rules.find(({ id }) => id === rule)!;
      const ids = [...new Set(group.map((one) => one.hook))];
      const impact_ms = rule === endless.id ? waitedFor(group) : remedy.saves ? savingOf(ids, events) : null;
      return {
        title: `${plugins.get(hook)}: ${remedy.act}`,
        rule,
        hooks: ids,
        files: [...new Set(group.flatMap(({ lines }) => lines.map(({ file }) => file)))],
        impact_ms,
        minutes_a_day: impact_ms === null ? null : (minutes?.saved(ids) ?? null),
        effort: remedy.lines * ids.length,
        priority: priorityOf(impact_ms, remedy.lines * ids.length),
      };
    })
    .sort(
      (a, b) =>
        a.priority - b.priority ||
        (b.minutes_a_day ?? 0) - (a.minutes_a_day ?? 0) ||
        (b.impact_ms ?? 0) - (a.impact_ms ?? 0) ||
        a.effort - b.effort,
    );
}

/** The longest time that one of the endless hooks ran before perf-gate stopped it, in ms. */
const waitedFor = (found: readonly Finding[]): number =>
  1000 * Math.max(...found.map(({ facts }) => Number(facts.seconds)));

/** The priority, from the saving at an event and the number of lines to change. */
export function priorityOf(impact_ms: number | null, lines: number): Recommendation['priority'] {
  if (impact_ms === null || impact_ms < HIGH_MS) return 4;
  return lines <= 15 ? 1 : lines <= 60 ? 2 : 3;
}
