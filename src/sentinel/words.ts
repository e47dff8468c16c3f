import { oneLine, quoted } from '../core/text.ts';
import type { Problem } from './discover/found.ts';
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

const matcherHint = (matcher: string) => (/^mcp__\w+$/.test(matcher) ? ` (all tools of a server: ${matcher}__.*)` : '');

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
      return `${words.replace(/"?\$\{?CLAUDE_PLUGIN_ROOT\}?"?/g, '…')}${handler.async ? ' (async)' : ''}`;
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
