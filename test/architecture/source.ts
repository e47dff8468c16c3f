import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What one import names; `*` stands for a whole module (also `await import()`). Types are erased, and listed apart. */
export type Import = { from: string; names: string[]; types: string[] };

/** `state.stage === 'fix'`: the last name on the other side (`stage`), and the text. */
type Comparison = { of: string; text: string };

/** What the rules ask about one file. Comments and the contents of strings are never mistaken for code. */
export type Source = {
  /** From the root of the project: `src/git/arms.ts`. */
  path: string;
  lines: number;
  imports: Import[];
  /** Short notes on what the code does: `process.env`, `new Date`, `.listen()`, `class`, `run('git', …)`, `attempt: 0`. */
  uses: string[];
  /** What is compared with which text: by `===`, in a `case`, in `[…].includes()`. */
  compared: Comparison[];
  /** The file only passes on what others export. */
  barrel: boolean;
};

const root = join(import.meta.dirname, '../..');

/** Every file below a folder of the project, without fixtures. */
export const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('/fixtures/'))
    .sort();

export const isCode = (path: string) => /\.m?ts$|\.mjs$/.test(path);

export const sourcesIn = (folder: string): Source[] =>
  filesIn(folder)
    .filter(isCode)
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));

/** The paths of the files of the project that a file imports, types included. */
export const targetsOf = ({ path, imports }: Source): string[] =>
  imports.filter(({ from }) => from.startsWith('.')).map(({ from }) => posix.join(posix.dirname(path), from));

/** `src/git/arms.ts` → `git`; a file that lies in no folder of `src/` has none. */
export const folderOf = (path: string): string => /^(?:src|test)\/([^/]+)\//.exec(path)?.[1] ?? '';

/** Reads a file as the compiler does. */
export function sourceOf(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const passesOn = (s: ts.Statement) => ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined;
  const source: Source = {
    path,
    lines: text.split('\n').length - 1,
    imports: [],
    uses: [],
    compared: [],
    barrel:
      file.statements.some(passesOn) &&
      file.statements.every((s) => ts.isImportDeclaration(s) || ts.isExportDeclaration(s)),
  };
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) source.imports.push(found);
    source.uses.push(...usesOf(node));
    source.compared.push(...comparedIn(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return source;
}

const textOf = (node: ts.Node | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : null);

function importOf(node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node)) {
    const from = textOf(node.moduleSpecifier)!;
    const clause = node.importClause;
    if (!clause) return { from, names: ['*'], types: [] };
    const bindings = clause.namedBindings;
    const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const nameOf = (e: ts.ImportSpecifier) => (e.propertyName ?? e.name).text;
    const whole = [...(clause.name ? ['*'] : []), ...(bindings && ts.isNamespaceImport(bindings) ? ['*'] : [])];
    const erased = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const values = erased ? [] : [...whole, ...named.filter((e) => !e.isTypeOnly).map(nameOf)];
    const types = erased ? [...whole, ...named.map(nameOf)] : named.filter((e) => e.isTypeOnly).map(nameOf);
    return { from, names: values, types };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return { from: textOf(node.moduleSpecifier)!, names: node.isTypeOnly ? [] : ['*'], types: [] };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return { from: textOf(node.arguments[0]) ?? '', names: ['*'], types: [] };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { from: textOf(node.argument.literal) ?? '', names: [], types: ['*'] };
  return null;
}

/** Globals whose properties reach into the world. */
const watched = ['process', 'console', 'Date', 'performance'];

function usesOf(node: ts.Node): string[] {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
    return watched.includes(node.expression.text) ? [`${node.expression.text}.${node.name.text}`] : [];
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
    const of = ts.isIdentifier(node.initializer) ? node.initializer.text : '';
    const nameOf = (e: ts.BindingElement) => (e.propertyName ?? e.name) as ts.Identifier;
    return watched.includes(of) ? node.name.elements.map((e) => `${of}.${nameOf(e).text}`) : [];
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && !node.arguments?.length)
    return [`new ${node.expression.text}`];
  if (ts.isCallExpression(node)) return callIn(node);
  if (ts.isClassLike(node)) return ['class'];
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
    const value = ts.isNumericLiteral(node.initializer) ? node.initializer.text : textOf(node.initializer);
    return value === null ? [] : [`${node.name.text}: ${value}`];
  }
  return [];
}

function callIn({ expression, arguments: args }: ts.CallExpression): string[] {
  if (ts.isPropertyAccessExpression(expression)) return [`.${expression.name.text}()`];
  if (!ts.isIdentifier(expression)) return [];
  const given = args.map((arg) => (textOf(arg) === null ? '…' : `'${textOf(arg)}'`));
  return [`${expression.text}(${given.join(', ')})`];
}

const equalities = [
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
];

function comparedIn(node: ts.Node): Comparison[] {
  const pairs: [ts.Node | undefined, ts.Node | undefined][] = [];
  if (ts.isBinaryExpression(node) && equalities.includes(node.operatorToken.kind))
    pairs.push([node.left, node.right], [node.right, node.left]);
  if (ts.isSwitchStatement(node))
    for (const clause of node.caseBlock.clauses)
      if (ts.isCaseClause(clause)) pairs.push([node.expression, clause.expression]);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression: list, name } = node.expression;
    if (name.text === 'includes' && ts.isArrayLiteralExpression(list))
      pairs.push(...list.elements.map((e): [ts.Node | undefined, ts.Node] => [node.arguments[0], e]));
  }
  return pairs.flatMap(([other, literal]) => {
    const text = textOf(literal);
    return text === null ? [] : [{ of: lastName(other), text }];
  });
}

function lastName(node: ts.Node | undefined): string {
  if (node && ts.isPropertyAccessExpression(node)) return node.name.text;
  return node && ts.isIdentifier(node) ? node.text : '';
}
