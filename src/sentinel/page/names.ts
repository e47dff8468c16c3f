import { cut, oneLine } from '../../core/text.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Hook } from '../hook.ts';
import { nameUnderEvent } from '../words.ts';

/** A hook's label next to a drawing: its script, or its command if it has no script; and below it its owner. */
export type TwoLines = { name: string; of: string };

/** The label of a hook. `command`: its handler in words. */
export function twoLines({ command, ...hook }: Pick<Hook, 'id' | 'event'> & { command: string }): TwoLines {
  const [, of = '', name] = /^([^/]*)\/(.*)$/.exec(oneLine(nameUnderEvent(hook))) ?? [];
  if (!name) return { name: oneLine(hook.id) || '?', of: '' };
  return { name: (/^\d+$/.test(name) && oneLine(command)) || name, of };
}

/** The name on one line, which may break after a slash. */
export const breakable = (name: string): Markup =>
  html`${oneLine(name)
    .split(/(?<=\/)/)
    .map((part) => html`${part}<wbr>`)}`;

/** The command if the hook's name does not show it; else empty. */
export function commandBeside({ id, command }: { id: string; command: string }): string {
  const does = oneLine(command);
  return /^[\w./…-]+$/.test(does) && id.includes(`/${does.split('/').at(-1)}`) ? '' : cut(does, 80);
}
