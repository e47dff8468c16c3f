import { posix } from 'node:path';
import type { Tree } from '../tree.ts';
import { makefileIn } from './makefile.ts';

/**
 * A text that a command runs or reads: the command itself, an entry, the file of a program, or a data file. An entry is a script of
 * package.json or a target of a makefile. For a data file, `text` is empty. `file`: the file that contains the text. Null for the command
 * itself. `shell`: whether the text is shell code.
 */
export type Part = {
  where: string;
  text: string;
  kind: 'command' | 'entry' | 'program' | 'data';
  file: string | null;
  shell: boolean;
};

const DEEPEST = 5;
const MOST = 60;

/**
 * The command line itself, and all texts in the project's files that it runs. These are scripts of package.json with their pre and post
 * scripts, targets of makefiles with their prerequisites, shell scripts, and the files of programs. `folder`: the folder in which the
 * command runs, `''` or `bench/`. `into`: whether to search a found text for further commands.
 */
export function follow(
  command: string,
  tree: Tree,
  folder = '',
  into: (part: Part) => boolean = ({ shell }) => shell,
): Part[] {
  const parts: Part[] = [];
  const seen = new Set<string>();
  const add = (part: Part, at: string, deep: number) => {
    if (seen.has(part.where) || parts.length >= MOST || deep > DEEPEST) return;
    seen.add(part.where);
    parts.push(part);
    if (part.kind !== 'command' && !into(part)) return;
    let here = at;
    for (const step of part.text.split(/&&|\|\||[;\n|]/)) {
      const words = step
        .replace(/["']/g, '')
        .trim()
        .split(/\s+/)
        .filter((word) => !/^(\w+=.*|npx|exec|env|cross-env|time|-s|--silent)$/.test(word));
      if (words[0] === 'cd') here = folderAt(here, words[1] ?? '');
      for (const part of named(words, here, tree)) add(part, here, deep + 1);
    }
  };
  const where = `the command in ${folder || '.'}`;
  add({ where, text: command, kind: 'command', file: null, shell: true }, folder, 0);
  return parts;
}

function named(words: readonly string[], folder: string, tree: Tree): Part[] {
  return [...ofPackage(words, folder, tree), ...ofMake(words, folder, tree), ...ofFiles(words, folder, tree)];
}

/** The scripts of `npm run x`, `yarn x` or `run-s x y`, with their pre and post scripts. */
function ofPackage([program = '', ...rest]: readonly string[], folder: string, tree: Tree): Part[] {
  const prefix = rest.indexOf('--prefix');
  const at = prefix >= 0 ? folderAt(folder, rest[prefix + 1] ?? '') : folder;
  const scripts = scriptsOf(tree, at);
  const words = rest.filter((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script');
  const isMany = /^(run-[sp]|npm-run-all2?)$/.test(program);
  if (!isMany && !/^(npm|pnpm|yarn|bun)$/.test(program)) return [];
  const names = isMany ? words : words.slice(0, 1).map((name) => (name === 't' ? 'test' : name));
  return names
    .flatMap((name) => Object.keys(scripts).filter((key) => matches(key, name)))
    .flatMap((name) => [`pre${name}`, name, `post${name}`])
    .flatMap((name) => {
      const [file, text] = [`${at}package.json`, scripts[name]];
      return text === undefined ? [] : [{ where: `${file}, scripts.${name}`, text, kind: 'entry', file, shell: true }];
    });
}

/** Whether a script matches a pattern of run-s: `build:*` matches `build:js`. */
const matches = (key: string, pattern: string) =>
  pattern.endsWith('*') ? key.startsWith(pattern.replace(/\*+$/, '')) : key === pattern;

/** The scripts of a package.json, by name. Empty without a package.json. */
export function scriptsOf(tree: Tree, folder: string): Record<string, string> {
  try {
    const { scripts } = JSON.parse(tree.read(`${folder}package.json`).replace(/^\uFEFF/, '')) as { scripts?: object };
    const entries = Object.entries(scripts ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

/** The recipes of the targets of `make [-C folder] target`, and of their prerequisites. */
function ofMake([program = '', ...rest]: readonly string[], folder: string, tree: Tree): Part[] {
  if (program !== 'make' && program !== 'gmake') return [];
  const other = rest.indexOf('-C');
  const at = other >= 0 ? folderAt(folder, rest[other + 1] ?? '') : folder;
  const { file = '', rules = [] } = makefileIn(tree, at) ?? {};
  const asked = rest.filter((word, i) => !/^-|=/.test(word) && rest[i - 1] !== '-C');
  const open = asked.length > 0 ? asked : rules.slice(0, 1).map(({ target }) => target);
  const found = new Map<string, Part>();
  for (const target of open) {
    const rule = rules.find((each) => each.target === target);
    if (!rule || found.has(target) || found.size >= MOST) continue;
    found.set(target, { where: `${file}, ${target}`, text: rule.recipe.join('\n'), kind: 'entry', file, shell: true });
    open.push(...rule.needs);
  }
  return [...found.values()];
}

/**
 * The files of the project that the words of a command name, such as `bench.sh` or `<input.txt`. `shell` is true for a shell script: by
 * default, `follow` searches its commands too.
 */
function ofFiles(words: readonly string[], folder: string, tree: Tree): Part[] {
  return words.flatMap((word): Part[] => {
    const path = fileAt(folder, word.replace(/^</, ''));
    const file = ['', '.js', '.mjs', '/index.js', '/index.mjs', '/__main__.py']
      .map((end) => path + end)
      .find((f) => tree.has(f));
    if (file === undefined) return [];
    if (/\.(json|md|txt|csv|html|xml|toml|ya?ml|lock)$/.test(file))
      return [{ where: file, text: '', kind: 'data', file, shell: false }];
    const text = tree.read(file);
    return [
      {
        where: file,
        text,
        kind: 'program',
        file,
        shell: /\.(ba|z)?sh$/.test(file) || /^#!.*\b(ba|da|z)?sh\b/.test(text),
      },
    ];
  });
}

const fileAt = (folder: string, path: string) => posix.normalize(posix.join(folder, path)).replace(/\/$/, '');

/** The folder that a path leads to: `''` for the root, else a path with `/` at the end. */
function folderAt(folder: string, path: string): string {
  const joined = fileAt(folder, path);
  return joined === '.' ? '' : `${joined}/`;
}
