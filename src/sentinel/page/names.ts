import { cut, oneLine } from '../../core/text.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Hook } from '../hook.ts';
import { nameUnderEvent } from '../words.ts';

/** How a hook is called beside a drawing: its script, or its command where it has none, and below it its owner. */
export type TwoLines = { name: string; of: string };

/** `command`: what it does, in words. */
export function twoLines({ command, ...hook }: Pick<Hook, 'id' | 'event'> & { command: string }): TwoLines {
  const [, of = '', name] = /^([^/]*)\/(.*)$/.exec(oneLine(nameUnderEvent(hook))) ?? [];
  if (!name) return { name: oneLine(hook.id) || '?', of: '' };
  return { name: (/^\d+$/.test(name) && oneLine(command)) || name, of };
}

/** On one line, which may be broken after a slash. */
export const breakable = (name: string): Markup =>
  html`${oneLine(name)
    .split(/(?<=\/)/)
    .map((part) => html`${part}<wbr>`)}`;

/** The command where the hook's name does not say it all, else nothing. */
export function commandBeside({ id, command }: { id: string; command: string }): string {
  const does = oneLine(command);
  return /^[\w./…-]+$/.test(does) && id.includes(`/${does.split('/').at(-1)}`) ? '' : cut(does, 80);
}
