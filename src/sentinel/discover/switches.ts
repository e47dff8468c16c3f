import type { Draft } from './found.ts';
import type { Layer } from './settings.ts';

/** The setting that keeps a correct hook from running, such as `disableAllHooks in FILE`. Null without such a setting. */
export type Switch = (hook: Draft) => string | null;

/** The settings that switch off hooks. Settings of a user or a project cannot switch off hooks in the settings of the machine's owner. */
export function switchesOf(layers: readonly Layer[], env: NodeJS.ProcessEnv): Switch {
  const owners = layers.filter(({ source }) => source === 'managed');
  const ownerSays = (key: 'disableAllHooks' | 'allowManagedHooksOnly') => {
    const last = owners.findLast((layer) => layer[key] !== undefined);
    return last?.[key] ? last.file : undefined;
  };
  const last = layers.findLast(({ disableAllHooks }) => disableAllHooks !== undefined);
  const forced = ({ plugin }: Draft) =>
    plugin !== null &&
    owners.findLast(({ enabledPlugins }) => enabledPlugins?.[plugin] !== undefined)?.enabledPlugins?.[plugin] === true;
  return (hook) => {
    if (/^(1|true|yes|on)$/i.test(env.CLAUDE_CODE_SAFE_MODE ?? '')) return 'CLAUDE_CODE_SAFE_MODE';
    const off = ownerSays('disableAllHooks');
    if (off) return `disableAllHooks in ${off}`;
    if (hook.source === 'managed') return null;
    if (last?.disableAllHooks) return `disableAllHooks in ${last.file}`;
    const only = ownerSays('allowManagedHooksOnly');
    return only && !forced(hook) ? `allowManagedHooksOnly in ${only}` : null;
  };
}
