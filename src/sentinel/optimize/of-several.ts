import { count, listed } from '../../core/text.ts';
import type { AuditedHook } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import type { Redundancy } from '../rules/redundancy.ts';
import type { Basis, Proposal } from './proposal.ts';

/** The smallest number of hooks that are worth replacing with one program. */
const MANY = 3;

/** Proposals that concern several hooks: one program for the start of a session, and shared results or code for work that is repeated. */
export const ofSeveral = (basis: Basis): Proposal[] => [...consolidated(basis), ...doneOnce(basis), ...library(basis)];

/**
 * Proposes one program that replaces all SessionStart hooks of one publisher. Hooks of different publishers are not merged, because they
 * have different authors. The program takes at least as long as the slowest hook takes alone. So the program saves at most the time by
 * which parallel hooks slow each other.
 */
function consolidated({ audit, hooks }: Basis): Proposal[] {
  const starting = new Set(audit.events.find(({ event }) => event === 'SessionStart')?.hooks);
  const alone = new Map(audit.hooks.map(({ id, wall_ms }) => [id, wall_ms] as const));
  const groups = new Map<string, Hook[]>();
  for (const hook of hooks.filter(({ id }) => starting.has(id)))
    groups.set(publisherOf(hook), [...(groups.get(publisherOf(hook)) ?? []), hook]);
  return [...groups.values()]
    .filter((group) => group.length >= MANY)
    .map((group) => ({
      rule: 'consolidate-session-start',
      title: 'Consolidate the hooks of SessionStart',
      hooks: group.map(({ id }) => id),
      files: [...new Set(group.map(({ file }) => file))],
      action: `Replace ${count(group.length, 'hook')} by one program that does their work in one process.`,
      effort: 100 + 15 * group.length,
      left: new Map(group.flatMap(({ id }) => (alone.get(id) == null ? [] : [[id, alone.get(id)!] as const]))),
      endless_ms: null,
      shown: null,
    }));
}

/**
 * The publisher of a hook: the marketplace in `name@marketplace`, or the folder that contains the plugin. For hooks in settings, the kind
 * of the settings.
 */
const publisherOf = ({ plugin, root, source }: Hook): string =>
  plugin?.split('@')[1] ?? (root === null ? source : root.replace(/\/[^/]*$/, ''));

/**
 * Proposes to share the result of commands that several hooks run. At best, every hook except the slowest takes only the time that a hook
 * needs to start.
 */
function doneOnce({ audit, floor_ms }: Basis): Proposal[] {
  const times = new Map(audit.hooks.map((hook) => [hook.id, hook] as const));
  return audit.redundancy
    .filter(({ kind }) => kind === 'command')
    .map(({ what, hooks, lines }) => {
      const [, ...others] = hooks.toSorted((a, b) => timeOf(times.get(b)) - timeOf(times.get(a)));
      return {
        rule: 'duplicate-work',
        title: `Run “${what}” once`,
        hooks,
        files: [...new Set(lines.map(({ file }) => file))],
        action: `${listed(hooks, 5)} all run this command. Let one of these hooks cache the result in a file for the others.`,
        effort: 15 * hooks.length,
        left: new Map(others.map((id) => [id, floor_ms] as const)),
        endless_ms: null,
        shown: null,
      };
    });
}

const timeOf = (hook: AuditedHook | undefined) => hook?.wall_ms ?? 0;

/** Proposes to share code that several hooks repeat. A shared file removes the repetition, but saves no measurable time. */
function library({ audit }: Basis): Proposal[] {
  const texts = audit.redundancy.filter(({ kind }) => kind !== 'command');
  if (texts.length === 0) return [];
  const hooks = [...new Set(texts.flatMap((one) => one.hooks))];
  return [
    {
      rule: 'shared-library',
      title: 'Move code that several hooks repeat into one shared file',
      hooks,
      files: [...new Set(texts.flatMap(({ lines }) => lines.map(({ file }) => file)))],
      action: `${texts.map(repeated).join('; ')}.`,
      effort: 100 + 5 * hooks.length,
      left: null,
      endless_ms: null,
      shown: null,
    },
  ];
}

const repeated = ({ what, hooks }: Redundancy) => `${what} is repeated in ${count(hooks.length, 'hook')}`;
