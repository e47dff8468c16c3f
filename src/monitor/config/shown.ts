import type { Receiver } from '../alerts/receivers/receiver.ts';
import { type MonitorConfig, writtenConfig } from './schema.ts';

/**
 * The configuration as it is written in the file, without its secrets. Secrets are the paths of addresses, the values of headers, and the
 * arguments of commands.
 */
export const shownConfig = (config: MonitorConfig): ReturnType<typeof writtenConfig> =>
  writtenConfig({ ...config, notifications: { receivers: config.notifications.receivers.map(withoutSecrets) } });

function withoutSecrets(receiver: Receiver): Receiver {
  if (receiver.type === 'command') {
    const [program = '', ...words] = receiver.command;
    return { ...receiver, command: [program, ...words.map(() => '(not shown)')] };
  }
  if (!('url' in receiver)) return receiver;
  const url = `${new URL(receiver.url).origin}/…`;
  if (receiver.type === 'slack') return { ...receiver, url };
  return {
    ...receiver,
    url,
    headers: Object.fromEntries(Object.keys(receiver.headers).map((name) => [name, '(not shown)'])),
  };
}
