import type { Hook } from '../hook.ts';
import type { KeptHook } from '../store/own-files.ts';

/** A part of a hook that differs between the arms. `runs`: whether Claude Code runs the hook. `files`: the content of the hook's files. */
export type What = 'command' | 'matcher' | 'if' | 'timeout' | 'runs' | 'files';

/** A hook in both arms of a comparison. `base` is null for a new hook; `current` is null for a removed hook. */
export type HookChange = {
  id: string;
  event: string;
  kind: 'new' | 'removed' | 'changed' | 'same';
  what: What[];
  base: KeptHook | null;
  current: KeptHook | null;
};

/** Pairs the hooks of both arms by their ids. */
export function changesOf(base: readonly KeptHook[], current: readonly KeptHook[]): HookChange[] {
  const before = new Map(base.map((one) => [one.hook.id, one] as const));
  const after = new Map(current.map((one) => [one.hook.id, one] as const));
  return [...new Set([...after.keys(), ...before.keys()])].map((id) =>
    changeOf(id, before.get(id) ?? null, after.get(id) ?? null),
  );
}

function changeOf(id: string, base: KeptHook | null, current: KeptHook | null): HookChange {
  const { event } = (current ?? base)!.hook;
  if (!base || !current) return { id, event, kind: base ? 'removed' : 'new', what: [], base, current };
  const what = (Object.keys(facts) as (keyof typeof facts)[]).filter(
    (fact) => facts[fact](base.hook) !== facts[fact](current.hook),
  );
  const all: What[] = haveSameFiles(base, current) ? what : [...what, 'files'];
  return { id, event, kind: all.length > 0 ? 'changed' : 'same', what: all, base, current };
}

/** Files that were not stored count as changed, because their old content is unknown. */
const haveSameFiles = (base: KeptHook, current: KeptHook) => base.hash !== null && base.hash === current.hash;

const facts = {
  command: ({ handler }: Hook) => JSON.stringify(handler),
  matcher: ({ matcher }: Hook) => matcher,
  if: (hook: Hook) => hook.if,
  timeout: ({ timeout_s }: Hook) => timeout_s.effective,
  runs: ({ dead, runs_as }: Hook) => dead === null && runs_as === null,
};

/** Whether Claude Code waits for the hook. For a removed hook, the old declaration decides. */
export function isAwaited({ base, current }: HookChange): boolean {
  const { handler } = (current ?? base)!.hook;
  return handler.type !== 'command' || !handler.async;
}
