import type { Tree } from '../tree.ts';

/**
 * A rule of a makefile. `needs`: the prerequisites of the target. `recipe`: the commands, with simple variables filled in, without `@` and
 * `-` at the front.
 */
export type Rule = { target: string; needs: string[]; recipe: string[] };

/** The rules of the makefile in a folder (`''` or `bench/`), and the name of the file. Undefined if the folder has no makefile. */
export function makefileIn(tree: Tree, folder = ''): { file: string; rules: Rule[] } | undefined {
  const file = ['GNUmakefile', 'makefile', 'Makefile'].map((name) => folder + name).find((name) => tree.has(name));
  return file === undefined ? undefined : { file, rules: rulesOf(tree.read(file)) };
}

/** Reads explicit rules. Pattern rules, conditionals and included files are ignored. Rules for the same target are merged. */
export function rulesOf(text: string): Rule[] {
  const variables = new Map<string, string>();
  const rules: Rule[] = [];
  let open: Rule[] = [];
  for (const line of text.replace(/[ \t]*\\\r?\n[ \t]*/g, ' ').split(/\r?\n/)) {
    const assigned = /^ *(?:export +)?([\w.-]+) *(?:::?|\?|\+)?= *(.*)$/.exec(line);
    if (line.startsWith('\t')) for (const rule of open) rule.recipe.push(line.trim());
    else if (assigned) variables.set(assigned[1]!, assigned[2]!.replace(/\s+#.*$/, '').trim());
    else if (/^[^\s#][^=]*:/.test(line)) open = addRules(rules, line.replace(/\s#.*$/, ''));
    else if (line.trim() !== '' && !line.startsWith('#')) open = [];
  }
  return rules.map((rule) => ({
    ...rule,
    needs: rule.needs
      .map((name) => filled(name, rule, variables))
      .flatMap((names) => names.split(/\s+/).filter(Boolean)),
    recipe: rule.recipe
      .map((line) => filled(line.replace(/^[@+-]+\s*/, ''), rule, variables))
      .filter((l) => !/^(#|echo\b)/.test(l)),
  }));
}

function addRules(rules: Rule[], line: string): Rule[] {
  const [, names = '', rest = ''] = /^([^:]+)::?(.*)$/.exec(line) ?? [];
  const [needs = '', first] = rest.split(/;(.*)/s);
  const known = (target: string) => rules.find((rule) => rule.target === target);
  return names
    .trim()
    .split(/\s+/)
    .filter((target) => target !== '.PHONY' && !target.includes('%'))
    .map((target) => {
      const rule = known(target) ?? { target, needs: [], recipe: [] };
      if (!known(target)) rules.push(rule);
      rule.needs.push(...needs.split(/\s+/).filter((name) => name !== '' && name !== '|'));
      if (first?.trim()) rule.recipe.push(first.trim());
      return rule;
    });
}

const MOST = 5;

/** Fills in `$@`, `$<`, `$^` and the makefile's own variables. Leaves expressions unchanged that only make can evaluate. */
function filled(text: string, { target, needs }: Rule, variables: ReadonlyMap<string, string>): string {
  const automatic: Record<string, string> = { '@': target, '<': needs[0] ?? '', '^': needs.join(' ') };
  let now = text;
  for (let i = 0; i < MOST; i++) {
    const next = now
      .replace(/\$([@<^])/g, (whole, name: string) => automatic[name] ?? whole)
      .replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) => variables.get(name) ?? builtIn[name] ?? whole);
    if (next === now) break;
    now = next;
  }
  return now.replaceAll('$$', '$').trim();
}

const builtIn: Record<string, string> = {
  MAKE: 'make',
  CC: 'cc',
  CXX: 'c++',
  RM: 'rm -f',
  CFLAGS: '',
  CXXFLAGS: '',
  CPPFLAGS: '',
  LDFLAGS: '',
  LDLIBS: '',
};

/** Whether a line has no expression left that only make can evaluate. */
export const isFilled = (line: string): boolean => !/\$[({@<^*?+]/.test(line);
