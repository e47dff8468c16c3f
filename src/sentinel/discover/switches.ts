import type { Draft } from './found.ts';
import type { Layer } from './settings.ts';

/** What keeps a hook from running although it is declared well, such as `disableAllHooks in FILE`; null: nothing does. */
export type Switch = (hook: Draft) => string | null;

/** The switches that are set. What the machine's owner declares is switched off by the owner alone. */
export function switchesOf(layers: readonly Layer[], env: NodeJS.ProcessEnv): Switch {
  const owner = layers.find(({ source }) => source === 'managed');
  const last = layers.findLast(({ disableAllHooks }) => disableAllHooks !== undefined);
  const forced = ({ plugin }: Draft) => plugin !== null && owner?.enabledPlugins?.[plugin] === true;
  return (hook) => {
    if (/^(1|true|yes|on)$/i.test(env.CLAUDE_CODE_SAFE_MODE ?? '')) return 'CLAUDE_CODE_SAFE_MODE';
    if (owner?.disableAllHooks) return `disableAllHooks in ${owner.file}`;
    if (hook.source === 'managed') return null;
    if (last?.disableAllHooks) return `disableAllHooks in ${last.file}`;
    return owner?.allowManagedHooksOnly && !forced(hook) ? `allowManagedHooksOnly in ${owner.file}` : null;
  };
}
