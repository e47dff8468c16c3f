import { cut, oneLine } from '../../core/text.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Hook } from '../hook.ts';
import { nameUnderEvent } from '../words.ts';

/**
 * A hook's label next to a drawing. The first line is the hook's script or, without a script, the hook's command. The second line is the
 * hook's owner.
 */
export type TwoLines = { name: string; of: string };

/** Makes the label of a hook. `command`: its handler in words. */
export function twoLines({ command, ...hook }: Pick<Hook, 'id' | 'event'> & { command: string }): TwoLines {
  const [, of = '', name] = /^([^/]*)\/(.*)$/.exec(oneLine(nameUnderEvent(hook))) ?? [];
  if (!name) return { name: oneLine(hook.id) || '?', of: '' };
  return { name: (/^\d+$/.test(name) && oneLine(command)) || name, of };
}

/** The hook's name. A browser can wrap the name after a slash. */
export const breakable = (name: string): Markup =>
  html`${oneLine(name)
    .split(/(?<=\/)/)
    .map((part) => html`${part}<wbr>`)}`;

/** The hook's command. Empty if the hook's name already shows it. */
export function commandBeside({ id, command }: { id: string; command: string }): string {
  const does = oneLine(command);
  return /^[\w./…-]+$/.test(does) && id.includes(`/${does.split('/').at(-1)}`) ? '' : cut(does, 80);
}
