import { isAsync } from './commands.ts';
import { rule } from './rule.ts';

export const endless = rule<{ outcome: string; seconds: number; hosts: readonly string[] }>({
  id: 'endless',
  severity: 'high',
  title: 'The hook did not finish',
  remedy: { act: 'limit the time of each call that the hook makes', lines: 3, saves: true },
  advice: ({ outcome, seconds, hosts }) =>
    `${howLong[outcome] ?? 'The hook ran for'} ${seconds} s, and perf-gate stopped the hook. ${
      hosts.length > 0
        ? `The hook called ${hosts.join(', ')}. The cage has no connection to the network. A session without a connection also waits for these hosts. `
        : ''
    }Give each call a limit (curl --max-time 2, timeout 5 …), or set "async": true.`,
  detect({ hook, measured, script }) {
    const found = measured?.endless;
    if (!found || isAsync(hook)) return [];
    const { outcome, wall_ms, hosts } = found;
    return [{ lines: [script.declared], facts: { outcome, seconds: Math.round(wall_ms / 100) / 10, hosts } }];
  },
});

const howLong: Readonly<Record<string, string>> = {
  waiting: 'The hook did nothing but wait for',
  timed_out: 'The hook reached its own time-out of',
  cut_off: 'The hook worked for',
};
