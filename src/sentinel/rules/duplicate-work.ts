import { rule } from './rule.ts';

export const duplicateWork = rule<{ what: string; hooks: readonly string[] }>({
  id: 'duplicate-work',
  severity: 'low',
  title: 'Several hooks do the same work',
  remedy: { act: 'do the shared work once', lines: 100, saves: true },
  advice: ({ what, hooks }) =>
    `${what}: ${hooks.join(', ')}. One of these hooks could do the work and cache the result in a file for the others.`,
  detect: ({ hook, redundancy }) =>
    redundancy
      .filter(({ kind, hooks }) => kind !== 'json' && hooks[0] === hook.id)
      .map(({ what, hooks, lines }) => ({ lines, facts: { what, hooks } })),
});
