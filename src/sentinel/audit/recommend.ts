import type { EventDryRun } from '../dry-run/result.ts';
import type { Hook } from '../hook.ts';
import type { Finding } from '../rules/findings.ts';
import { savingOf } from './saving.ts';

/** What to do about the findings of one rule in one plugin. */
export type Recommendation = {
  title: string;
  rule: string;
  hooks: readonly string[];
  /** The files to change. */
  files: readonly string[];
  /** What it saves at most at each event, in ms; null where it saves no time, or where nothing was run. */
  impact_ms: number | null;
  /** About how many lines change. */
  effort: number;
  /** 1: much for little, 2: much for more, 3: much for a new structure, 4: the rest. */
  priority: 1 | 2 | 3 | 4;
};

/** What to do, about how many lines it changes, and whether it is done for the time that it saves. */
type Remedy = { act: string; lines: number; saves: boolean };

const remedies: Readonly<Record<string, Remedy>> = {
  'dead-shape': { act: 'declare it as Claude Code expects', lines: 1, saves: false },
  'dead-matcher': { act: 'name a tool that exists, or delete the hook', lines: 1, saves: false },
  'dead-if': { act: 'take the condition away', lines: 1, saves: false },
  'not-runnable': { act: 'mend what cannot run', lines: 1, saves: false },
  'relative-path': { act: 'name the file from the plugin’s own folder on', lines: 1, saves: false },
  'http-in-session-start': { act: 'keep the answer in a file for a day', lines: 15, saves: true },
  'no-timeout': { act: 'give it a time-out', lines: 1, saves: false },
  'timeout-in-ms': { act: 'write the time-out in seconds', lines: 1, saves: false },
  'package-manager-in-hook': { act: 'install once, not in a hook', lines: 10, saves: true },
  'project-walk': { act: 'look at the file of the event alone', lines: 15, saves: true },
  'superlinear-in-payload': { act: 'read the input once', lines: 15, saves: true },
  'blocking-without-use': { act: 'delete it, or let it run with `async`', lines: 1, saves: true },
  'interpreter-for-json': { act: 'read the JSON without an interpreter', lines: 10, saves: true },
  'no-early-exit': { act: 'leave early when the event is none of its business', lines: 10, saves: true },
  'broad-matcher': { act: 'narrow the matcher', lines: 1, saves: true },
  'no-matcher': { act: 'name the tools that it is for', lines: 1, saves: true },
  'wrong-field': { act: 'read the field that the event has', lines: 1, saves: false },
  'session-end-over-budget': { act: 'do it in the background, or at Stop', lines: 10, saves: false },
  'login-shell': { act: 'start the shell without -l', lines: 1, saves: true },
  'duplicate-work': { act: 'do the shared work once', lines: 100, saves: true },
  'registered-twice': { act: 'declare it once', lines: 1, saves: true },
  'large-output': { act: 'print less', lines: 10, saves: false },
  'processes-left': { act: 'end what it starts', lines: 10, saves: false },
};

/** From this saving on, in ms, an impact is high: a person feels it in a day of a hundred edits. */
const HIGH_MS = 20;

/** What to do, the best first: by priority, then by what it saves. `events` is empty where nothing was run. */
export function recommend(
  findings: readonly Finding[],
  hooks: readonly Hook[],
  events: readonly EventDryRun[],
): Recommendation[] {
  const plugins = new Map(hooks.map(({ id, plugin, source }) => [id, plugin ?? source] as const));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, plugins.get(finding.hook)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const { rule, hook } = group[0]!;
      const remedy = remedies[rule];
      if (!remedy) return [];
      const ids = [...new Set(group.map((one) => one.hook))];
      const impact_ms = remedy.saves ? savingOf(ids, events) : null;
      return [
        {
          title: `${plugins.get(hook)}: ${remedy.act}`,
          rule,
          hooks: ids,
          files: [...new Set(group.flatMap(({ lines }) => lines.map(({ file }) => file)))],
          impact_ms,
          effort: remedy.lines * ids.length,
          priority: priorityOf(impact_ms, remedy.lines * ids.length),
        },
      ];
    })
    .sort((a, b) => a.priority - b.priority || (b.impact_ms ?? 0) - (a.impact_ms ?? 0) || a.effort - b.effort);
}

function priorityOf(impact_ms: number | null, lines: number): Recommendation['priority'] {
  if (impact_ms === null || impact_ms < HIGH_MS) return 4;
  return lines <= 15 ? 1 : lines <= 60 ? 2 : 3;
}
