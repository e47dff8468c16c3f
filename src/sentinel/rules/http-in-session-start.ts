import { isAsync, placesOf, waited } from './commands.ts';
import { hostIn, talksToOthers } from './network.ts';
import { rule } from './rule.ts';

export const httpInSessionStart = rule<{ commands: readonly string[]; hosts: readonly string[]; heuristic: boolean }>({
  id: 'http-in-session-start',
  severity: 'high',
  title: 'The session waits for the network before it begins',
  remedy: { act: 'cache the answer in a file for a day', lines: 15, saves: true },
  advice: ({ commands, hosts, heuristic }) =>
    `${heuristic ? 'The script seems to call' : 'The hook calls'} ${hosts.length > 0 ? hosts.join(', ') : commands.join(', ')}, and every session waits for the answer. ` +
    'Cache the answer in a file for a day, or send the request in the background, or only when it is needed.',
  detect({ hook, script }) {
    if (hook.event !== 'SessionStart') return [];
    if (hook.handler.type === 'http') {
      const hosts = [/^\w+:\/\/([^/?#]+)/.exec(hook.handler.url)?.[1] ?? hook.handler.url];
      return [{ lines: [script.declared], facts: { commands: [], hosts, heuristic: false } }];
    }
    const calls = waited(hook, script).filter(talksToOthers);
    if (calls.length > 0) {
      const hosts = new Set(calls.map(hostIn).filter((host) => host !== null));
      const commands = [...new Set(calls.map(({ program }) => program!))];
      return [{ lines: placesOf(calls), facts: { commands, hosts: [...hosts], heuristic: false } }];
    }
    const hints = isAsync(hook) ? [] : script.hints.filter(({ kind }) => kind === 'network');
    if (hints.length === 0) return [];
    const facts = { commands: hints.map(({ word }) => word), hosts: [], heuristic: true };
    return [{ lines: placesOf(hints), facts, severity: 'low' }];
  },
});
