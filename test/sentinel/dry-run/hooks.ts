import type { Hook } from '../../../src/sentinel/hook.ts';

type Given = Partial<Omit<Hook, 'handler' | 'timeout_s'>> & { args?: string[]; timeout?: number; async?: boolean };

/** A hook of a plugin, as discovery finds it. */
export function hookOf(id: string, command: string, { args, timeout, async = false, ...given }: Given = {}): Hook {
  return {
    id,
    source: 'plugin',
    plugin: 'tried@market',
    root: null,
    file: '/hooks.json',
    event: 'PreToolUse',
    matcher: null,
    if: null,
    handler: { type: 'command', command, args: args ?? null, shell: 'bash', async },
    timeout_s: { written: timeout ?? null, effective: timeout ?? 600 },
    dead: null,
    runs_as: null,
    ...given,
  };
}
