import type { Command, Script } from '../shell/script.ts';
import { isAsync, isProcess } from './commands.ts';
import { holdsUp } from './events.ts';
import { talksToOthers } from './network.ts';
import { rule } from './rule.ts';

/** A default time-out of at most this number of seconds is short enough. */
const BEARABLE = 60;

export const noTimeout = rule<{ event: string; effective_s: number }>({
  id: 'no-timeout',
  severity: 'high',
  title: 'The session waits for this hook, and the hook has no time-out',
  remedy: { act: 'give it a time-out', lines: 1, saves: false },
  advice: ({ event, effective_s }) =>
    `If it hangs, ${event} blocks for ${effective_s} seconds. Set "timeout" to a few seconds more than the hook ever needs.`,
  detect({ hook, script }) {
    const { written, effective } = hook.timeout_s;
    const mayStall = holdsUp(hook.event) && !isAsync(hook) && effective > BEARABLE;
    if (written !== null || !mayStall || cannotHang(hook.handler.type, script)) return [];
    return [{ lines: [script.declared], facts: { event: hook.event, effective_s: effective } }];
  },
});

/** Programs that always end after a short time. */
const instant = /^(basename|cat|cut|date|dirname|grep|head|jq|mkdir|sed|tail|touch|tr|uname|wc)$/;

/** Whether the whole hook was read as shell text, and starts only programs that end after a short time. */
const cannotHang = (type: string, { commands, problems }: Script): boolean =>
  type === 'command' && commands.length > 0 && problems.length === 0 && commands.every(endsAtOnce);

const endsAtOnce = (command: Command): boolean =>
  command.program !== null &&
  !talksToOthers(command) &&
  (command.target?.language === 'shell' || !isProcess(command) || instant.test(command.program));
