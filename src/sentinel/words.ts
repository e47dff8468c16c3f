import { oneLine, quoted } from '../core/text.ts';
import { quantity } from '../core/units.ts';
import type { Tone } from '../report/terminal/look.ts';
import { isEvent } from './discover/events.ts';
import type { Problem } from './discover/found.ts';
import type { CageFacts } from './dry-run/result.ts';
import type { NotRun } from './dry-run/runnable.ts';
import type { Dead, Handler, Hook } from './hook.ts';

/** The reason why a hook never runs, as the end of “It never runs: …”. */
export function deadWords(dead: Dead): string {
  switch (dead.code) {
    case 'shape':
      return `Claude Code expects ${dead.expected}`;
    case 'event':
      return dead.event === '' ? 'its event has no name' : `there is no event ${quoted(dead.event)}`;
    case 'matcher':
      return `${quoted(dead.matcher)} matches nothing${matcherHint(dead.matcher)}`;
    case 'if':
      return 'the hook has an `if`, which only tool events support';
    case 'type':
      return `this event does not support handlers of type ${dead.type}`;
    case 'switched_off':
      return `${dead.by} switches the hook off`;
    case 'plugin_refused':
      return `Claude Code refuses the plugin: ${dead.detail}`;
  }
}

function matcherHint(matcher: string): string {
  if (isEvent(matcher)) return ' (this is the name of an event: declare the hook under this event)';
  return /^mcp__\w+$/.test(matcher) ? ` (for all its tools: ${matcher}__.*)` : '';
}

/** A problem in the discovery of hooks, as a sentence. */
export function problemWords(problem: Problem): string {
  switch (problem.code) {
    case 'unreadable':
      return `Claude Code ignores ${problem.file}: ${problem.reason}.`;
    case 'not_installed':
      return `${problem.file} enables ${problem.plugin}, which is not installed here.`;
    case 'no_such_file':
      return `${problem.file} names a hooks file that does not exist: ${problem.named}.`;
    case 'too_many':
      return `${problem.file} has too many hooks: only the first ${problem.most} were read.`;
  }
}

/** A handler on one line, without the path of the plugin's folder. */
export function handlerWords(handler: Handler): string {
  switch (handler.type) {
    case 'command': {
      const words = [handler.command, ...(handler.args ?? [])].join(' ');
      const shorter = words
        .replace(/"\$\{?CLAUDE_PLUGIN_ROOT\}?([^"]*)"/g, '…$1')
        .replace(/\$\{?CLAUDE_PLUGIN_ROOT\}?/g, '…');
      return `${shorter}${handler.async ? ' (async)' : ''}`;
    }
    case 'http':
      return `HTTP ${handler.url}`;
    case 'mcp_tool':
      return `MCP ${handler.server} ${handler.tool}`;
    case 'unknown':
      return handler.written;
    default:
      return `${handler.type} ${quoted(handler.prompt, 40)}`;
  }
}

/** `30 s`, `10 min default`, `2.8 h`. */
export function timeoutWords({ written, effective }: Hook['timeout_s']): string {
  const [unit, seconds] = effective >= 3600 ? ['h', 3600] : effective >= 120 ? ['min', 60] : ['s', 1];
  const amount = `${Number((effective / Number(seconds)).toFixed(1))} ${unit}`;
  return written === null ? `${amount} default` : amount;
}

/** The name of a hook in a list below its event. It consists of the owner and the script. */
export const nameUnderEvent = ({ id, event }: Pick<Hook, 'id' | 'event'>): string =>
  id.replace(`/${oneLine(event) || '?'}/`, '/');

export const noHooks = 'No hooks are declared here.';

/** A sentence that says how strict the cage's isolation was, or why no hook was run. */
export function cageWords(cage: CageFacts): string {
  if (cage.level === 'none') return `Nothing was run: ${cage.why}.`;
  const { level, network, state } = cage;
  return `Each hook ran in a cage (${level}, network: ${network}, ${state}): files that it wrote were discarded.`;
}

/** A time in ms for a user: `9.8 ms`, `342 ms`, `12.5 s`. */
export const milliseconds = (ms: number) =>
  ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** `66 B`, `12.3 KB`. */
export const bytes = (n: number) => (n < 1000 ? `${Math.round(n)} B` : quantity(n, 'B'));

/** Why a hook was not run, as a sentence. */
export function notRunWords(why: NotRun): string {
  switch (why.code) {
    case 'dead':
      return `Claude Code never runs it: ${deadWords(why.dead)}.`;
    case 'handler':
      return `A handler of type ${why.type} runs only inside Claude Code.`;
    case 'powershell':
      return 'The hook needs PowerShell.';
    case 'same_as':
      return `Claude Code runs identical commands only once: it runs ${why.hook} instead.`;
    case 'no_input':
      return `perf-gate has no input for ${why.event}${why.matcher ? ` of ${why.matcher}` : ''}. Write an input in a file. The folder sentinel/inputs of the perf-gate package has examples.`;
    case 'not_in_scenario':
      return `No step of the scenario ${why.scenario} matches the hook’s event and matcher.`;
    case 'no_time':
      return `The time limit of ${why.limit_s} s was reached before the hook was run. --limit-s sets a longer limit.`;
    case 'no_cage':
      return `No cage is possible on this machine: ${why.detail}.`;
  }
}

/** The colour of a score from 0 to 100. */
export const toneOf = (score: number): Tone => (score >= 80 ? 'good' : score >= 60 ? 'open' : 'bad');
