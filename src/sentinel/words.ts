import { oneLine, quoted } from '../core/text.ts';
import { quantity } from '../core/units.ts';
import type { Tone } from '../report/terminal/look.ts';
import { isEvent } from './discover/events.ts';
import type { Problem } from './discover/found.ts';
import type { CageFacts } from './dry-run/result.ts';
import type { NotRun } from './dry-run/runnable.ts';
import type { Dead, Handler, Hook } from './hook.ts';

/** Why a hook never runs, as the end of “It never runs: …”. */
export function deadWords(dead: Dead): string {
  switch (dead.code) {
    case 'shape':
      return `Claude Code expects ${dead.expected}`;
    case 'event':
      return dead.event === '' ? 'it belongs to no event' : `there is no event ${quoted(dead.event)}`;
    case 'matcher':
      return `nothing is called ${quoted(dead.matcher)}${matcherHint(dead.matcher)}`;
    case 'if':
      return 'it has an `if`, which only events of tools know';
    case 'type':
      return `a handler of type ${dead.type} cannot run on this event`;
    case 'switched_off':
      return `${dead.by} switches it off`;
    case 'plugin_refused':
      return `Claude Code refuses the plugin: ${dead.detail}`;
  }
}

function matcherHint(matcher: string): string {
  if (isEvent(matcher)) return ' (that is an event: declare the hook there)';
  return /^mcp__\w+$/.test(matcher) ? ` (all tools of a server: ${matcher}__.*)` : '';
}

/** What could not be read, as a sentence. */
export function problemWords(problem: Problem): string {
  switch (problem.code) {
    case 'unreadable':
      return `Claude Code takes nothing from ${problem.file}: ${problem.reason}.`;
    case 'not_installed':
      return `${problem.plugin} is named in ${problem.file}, and is not installed here.`;
    case 'no_such_file':
      return `${problem.file} names a file of hooks that is not there: ${problem.named}.`;
    case 'too_many':
      return `${problem.file} holds more hooks than the ${problem.most} that were read.`;
  }
}

/** What a hook does, on one line; the plugin's own folder is left out. */
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

/** Under its event a hook goes by its owner and its script. */
export const nameUnderEvent = ({ id, event }: Pick<Hook, 'id' | 'event'>): string =>
  id.replace(`/${oneLine(event) || '?'}/`, '/');

export const noHooks = 'No hook is declared here.';

/** Where hooks were run, or why none was. */
export function cageWords(cage: CageFacts): string {
  if (cage.level === 'none') return `Nothing was run: ${cage.why}.`;
  const { level, network, state } = cage;
  return `Each hook ran in a cage (${level}, network: ${network}, ${state}): what it wrote is gone.`;
}

/** A time in ms for a person: `9.8 ms`, `342 ms`, `12.5 s`. */
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
      return `A handler of type ${why.type} cannot be run without Claude Code.`;
    case 'powershell':
      return 'It needs PowerShell.';
    case 'same_as':
      return `${why.hook} stands for it: Claude Code runs the same command once.`;
    case 'no_input':
      return `There is no input for ${why.event}${why.matcher ? ` of ${why.matcher}` : ''}: put one into a file, as sentinel/inputs of the package shows.`;
    case 'not_in_scenario':
      return `Nothing in the scenario ${why.scenario} concerns it: its event or its matcher lets nothing through.`;
    case 'no_time':
      return `There was no time for it in ${why.limit_s} s: --limit-s gives more.`;
    case 'no_cage':
      return `There is no cage here: ${why.detail}.`;
  }
}

/** How a score from 0 to 100 is painted. */
export const toneOf = (score: number): Tone => (score >= 80 ? 'good' : score >= 60 ? 'open' : 'bad');
