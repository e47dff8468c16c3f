import { momentOf } from '../transcripts/fields.ts';
import { readLines } from '../transcripts/lines.ts';
import type { Evidence, Span } from './span.ts';

/** `2026-11-28T22:31:47.318Z [DEBUG] Hooks: PreToolUse:Bash [check.sh] (plugin tidy@market) finished with status 0 (185ms)`. */
const hookLine =
  /^(\S+) \[\w+\] Hooks: (\w+)(?::(\S*))? \[(.*)\](?: \(plugin ([^)]+)\))? (?:finished with status (\d+)|(timed out) after \d+ms|moved to the background) \((\d{1,12})ms\)/s;

/** The hook that a line of Claude Code's debug log reports. Null for a line that reports no hook. */
function hookOfLine(line: string): Span | null {
  const [, time, event, matched, command, plugin, status, timedOut, ms] = hookLine.exec(line) ?? [];
  const to = momentOf(time);
  if (to === null || event === undefined) return null;
  return {
    kind: 'hook',
    from: to - Number(ms),
    to,
    source: 'debug_log',
    failed: timedOut !== undefined || (status !== undefined && status !== '0'),
    hook: { event, matched: matched ?? null, plugin: plugin ?? null, command: command ?? null },
    tool: null,
  };
}

/** The longest line that is read, in bytes. */
const LONGEST_LINE = 64 * 1024;

/**
 * The hooks that a debug log reports, each with its own time. The debug log has no times of SessionEnd hooks.
 * @throws an error whose message is the reason: the debug log is gone, or not a regular file
 */
export function readDebugLog(file: string): Evidence {
  const spans: Span[] = [];
  readLines(file, (line) => {
    if (line === null || line.length > LONGEST_LINE) return;
    const hook = line.includes('Hooks: ') ? hookOfLine(line.toString('utf8')) : null;
    if (hook) spans.push(hook);
  });
  return { spans, prompts: [], signs: [] };
}
