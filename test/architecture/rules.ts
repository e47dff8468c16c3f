/** A source file: its path from the root of the project, and its text. */
export type Source = { path: string; text: string };
/** What a file must not do, in one line: `src/git/a.ts: …`. */
export type Violation = string;
type Rule = (source: Source) => Violation[];

/** Folders of `src/`, from the top down: each may import those below it, and none beside it. */
const layers = [
  ['cli'],
  ['workflow'],
  ['stages'],
  ['contract', 'measure', 'profile', 'git', 'artifact', 'agent', 'report'],
  ['core'],
];

/** `stats` is arithmetic: it may be imported by all but `core`, and knows nobody. */
const allowed = (from: string, to: string): boolean => {
  if (from === to) return true;
  if (from === 'stats' || from === 'core') return false;
  if (to === 'stats') return layers.flat().includes(from);
  const level = (name: string) => layers.findIndex((layer) => layer.includes(name));
  return level(from) >= 0 && level(to) > level(from);
};

/** Specifiers of every import, export-from and dynamic import. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g)].map((match) => match[2]!);
}

const folderOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';

/** The path of what a relative specifier names. */
function resolved(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const relatives = ({ path, text }: Source) =>
  importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolved(path, specifier));

const oneWay: Rule = (source) =>
  relatives(source)
    .filter((to) => !allowed(folderOf(source.path), folderOf(to)))
    .map((to) => `${source.path}: imports ${to}, which is not below it`);

const isStage = (path: string) => /^src\/stages\/[^/]+\.ts$/.test(path) && !path.endsWith('/index.ts');

/** Stages meet in their table; what they share does not know them. */
const stagesApart: Rule = (source) => {
  const { path } = source;
  if (!path.startsWith('src/stages/') || path === 'src/stages/index.ts') return [];
  return relatives(source)
    .filter((to) => isStage(to) || to === 'src/stages/index.ts')
    .map((to) => `${path}: imports the stage ${to}`);
};

const spelled: Rule = (source) =>
  relatives(source)
    .filter((to) => !/\.ts$/.test(to))
    .map((to) => `${source.path}: imports ${to} without its ending .ts`);

/** The machine decides and does nothing. */
const pureMachine: Rule = ({ path, text }) => {
  if (path !== 'src/record/machine.ts') return [];
  const known = ['xstate', './definition.ts', './fold.ts'];
  return importsOf(text)
    .filter((specifier) => !known.includes(specifier))
    .map((specifier) => `${path}: imports ${specifier}`);
};

/** One file, or one folder, for each thing that reaches into the world. */
const doors: { what: string; seen: RegExp; through: RegExp }[] = [
  {
    what: 'spawns',
    seen: /import (?!type\b)[^;]*['"](?:node:)?child_process['"]|['"](?:node:)?worker_threads['"]/,
    through: /^src\/core\/exec\.ts$/,
  },
  { what: 'loads execa', seen: /['"]execa['"]/, through: /^src\/core\/exec\.ts$/ },
  { what: 'calls git', seen: /\b(?:run|exec|start|execa)\w*\(\s*['"]git['"]/, through: /^src\/git\// },
  {
    what: 'writes files',
    seen: /\b(?:writeFile|appendFile|mkdir|mkdtemp|rm|rmdir|rename|unlink|copyFile|cp|symlink|link|chmod|utimes|truncate|write)Sync\b|\bcreateWriteStream\b|import \* as \w+ from ['"]node:fs|\b(?:writeFile|appendFile|mkdir|mkdtemp|rm|rmdir|rename|unlink|copyFile|cp|symlink|link|chmod|utimes|truncate)\b[^;}]*\} from ['"]node:fs/,
    through: /^src\/core\/fs\.ts$/,
  },
  {
    what: 'reads the clock',
    seen: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b/,
    through: /^src\/core\/clock\.ts$/,
  },
  { what: 'prints', seen: /\bconsole\.\w|\bprocess\.(?:stdout|stderr)\b/, through: /^src\/cli\// },
  {
    what: 'reads the process’s environment',
    seen: /\bprocess\.(?:env|cwd|argv)\b/,
    through: /^src\/(?:cli\/|core\/exec\.ts$|git\/git\.ts$)/,
  },
  { what: 'ends the process', seen: /\bprocess\.(?:exit\(|exitCode)/, through: /^src\/cli\// },
  { what: 'makes a class', seen: /^(?:export )?(?:abstract )?class /m, through: /^src\/core\/errors\.ts$/ },
];

const throughDoors: Rule = ({ path, text }) =>
  doors.filter(({ seen, through }) => seen.test(text) && !through.test(path)).map(({ what }) => `${path}: ${what}`);

const lines = (text: string) => text.split('\n').length - 1;
const short =
  (limit: number): Rule =>
  ({ path, text }) =>
    lines(text) > limit ? [`${path}: has ${lines(text)} lines, at most ${limit}`] : [];

/** Everything that is wrong with files of `src/`. */
export function sourceViolations(sources: Source[]): Violation[] {
  const rules = [oneWay, stagesApart, spelled, pureMachine, throughDoors, short(250)];
  return sources.flatMap((source) => rules.flatMap((rule) => rule(source)));
}

/** Everything that is wrong with files of `test/`. */
export const testViolations = (sources: Source[]): Violation[] => sources.flatMap(short(300));
