import { type Candidate, emptyFinding, type Finding, kindOf } from './finding.ts';
import type { Tree } from './tree.ts';

/** Makefile targets whose names say that they benchmark, profile, start, build or test. */
export function make(tree: Tree): Finding | undefined {
  const file = ['GNUmakefile', 'makefile', 'Makefile'].find((name) => tree.has(name));
  if (!file) return undefined;
  const targets = [...tree.read(file).matchAll(/^([A-Za-z][\w.-]*)\s*:(?![=:])/gm)].map((match) => match[1]!);
  const candidates = [...new Set(targets)].flatMap((target): Candidate[] => {
    const kind = kindOf(target);
    return kind ? [{ command: `make ${target}`, kind, found_in: `${file}, ${target}` }] : [];
  });
  return {
    ...emptyFinding('make'),
    package_manager: null,
    candidates,
    test_command: candidates.find((c) => c.kind === 'test')?.command ?? null,
    build_command: candidates.find((c) => c.kind === 'build')?.command ?? (targets.includes('all') ? 'make all' : null),
    tools: ['make'],
  };
}
