import { type Candidate, emptyFinding, type Finding, kindOf } from './finding.ts';
import { altersRepository } from './reading/alters.ts';
import { fixedTime, harnessOf } from './reading/harness.ts';
import { isFilled, makefileIn, type Rule } from './reading/makefile.ts';
import { isBuild } from './reading/steps.ts';
import type { Tree } from './tree.ts';

/**
 * Makefile targets whose names suggest that they benchmark, profile, start, build or test the project. Targets that change the repository
 * are left out.
 */
export function make(tree: Tree): Finding | undefined {
  const { file, rules = [] } = makefileIn(tree) ?? {};
  if (file === undefined) return undefined;
  const candidates = rules.flatMap((rule): Candidate[] => {
    const kind = kindOf(rule.target);
    const command = `make ${rule.target}`;
    if (!kind || altersRepository(command, tree) !== null) return [];
    const found_in = `${file}, ${rule.target}`;
    if (kind === 'build') return [{ command, kind, found_in }];
    const tool = harnessOf(command, tree);
    const caution = tool ? { caution: fixedTime(tool) } : {};
    return [{ kind, found_in, ...caution, ...timed(rule, rules) }];
  });
  const all = rules.some(({ target }) => target === 'all') ? 'make all' : null;
  const test = rules.find(
    ({ target }) => kindOf(target) === 'test' && altersRepository(`make ${target}`, tree) === null,
  );
  return {
    ...emptyFinding('make'),
    package_manager: null,
    candidates,
    test_command: test ? `make ${test.target}` : null,
    build_command:
      candidates.find((c) => c.kind === 'build')?.command ?? (all && altersRepository(all, tree) === null ? all : null),
    tools: ['make'],
  };
}

/** The part of a recipe that is timed. The compile steps and the prerequisites of the recipe run before, untimed. */
function timed(
  { target, needs, recipe }: Rule,
  rules: readonly Rule[],
): Pick<Candidate, 'command' | 'build' | 'caution'> {
  const made = needs.filter((name) => rules.some((rule) => rule.target === name && rule.recipe.length > 0));
  const before = made.length > 0 ? [`make ${made.join(' ')}`] : [];
  const last = recipe.findLastIndex(isBuild);
  const [compiled, run] = [recipe.slice(0, last + 1), recipe.slice(last + 1)];
  if (run.length > 0 && recipe.every(isFilled)) {
    const build = inTurn([...before, ...compiled]);
    return { command: inTurn(run), ...(build ? { build } : {}) };
  }
  const command = `make ${target}`;
  if (compiled.length > 0)
    return { command, caution: 'the timed command also compiles: instead, name the program that the command runs' };
  return { command, ...(before.length > 0 ? { build: before.join('') } : {}) };
}

/** Joins lines of a recipe. Make runs every line in a separate shell, so a `cd` in one line must not affect the next line. */
const inTurn = (lines: readonly string[]) =>
  lines.map((line) => (lines.length > 1 && /[;|&]|\bcd\b/.test(line) ? `(${line})` : line)).join(' && ');
