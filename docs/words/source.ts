import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Passage } from './passage.ts';

/** The comments of a TypeScript file, in order. */
export function commentsOf(source: ts.SourceFile): Passage[] {
  const at = new Map<number, ts.CommentRange & { about: string }>();
  const visit = (node: ts.Node, outer: string): void => {
    const about = nameOf(node) ?? outer;
    const keep = (range: ts.CommentRange) => {
      if (!at.has(range.pos)) at.set(range.pos, { ...range, about });
    };
    ts.getLeadingCommentRanges(source.text, node.getFullStart())?.forEach(keep);
    for (const child of node.getChildren(source)) visit(child, about);
    ts.getTrailingCommentRanges(source.text, node.getEnd())?.forEach(keep);
  };
  visit(source, '');
  const found: Passage[] = [];
  let end = -1;
  for (const range of [...at.values()].sort((a, b) => a.pos - b.pos)) {
    const text = withoutMarks(source.text.slice(range.pos, range.end));
    const last = found.at(-1);
    // lines that follow one another are one comment
    if (last && /^\n? *$/.test(source.text.slice(end, range.pos))) last.text += `\n${text}`;
    else found.push({ file: source.fileName, about: range.about, text });
    end = range.end;
  }
  return found;
}

/** The name that a node declares. A statement has that of its first declaration. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) return nameOf(node.declarationList.declarations[0]!);
  const { name } = node as { name?: ts.Node };
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

/** The comments of a C file, in order. */
export const commentsOfC = (file: string): Passage[] =>
  [...readFileSync(file, 'utf8').matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/ .*/g)].map(([text]) => ({
    file,
    about: '',
    text: withoutMarks(text),
  }));

const withoutMarks = (comment: string) => comment.replace(/^\s*(?:\/\*\*?|\*(?!\/)|\/\/)|\*\/\s*$/gm, '');

/** The texts in the string literals of a TypeScript file, without texts of other languages. */
export function literalsOf(source: ts.SourceFile): Passage[] {
  const found: Passage[] = [];
  const visit = (node: ts.Node, outer: string): void => {
    if (isList(node)) return;
    const about = nameOf(node) ?? outer;
    const keep = (text: string) => {
      for (const part of isCode(text) ? [] : partsOf(text)) found.push({ file: source.fileName, about, text: part });
    };
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) keep(node.text);
    if (ts.isTemplateExpression(node))
      keep(node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join(''));
    ts.forEachChild(node, (child) => visit(child, about));
  };
  visit(source, '');
  return found;
}

/** Texts of other languages among the literals: SQL, Python, JavaScript, CSS, contracts. */
const code = [
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH)\s[\s\S]*\b(?:FROM|INTO|TABLE|INDEX|SCHEMA|SET|AS)\b/,
  /^\s*(?:def \w+\(|import [\w, ]+$|from \w+ import )/m,
  /^'use strict'|^\s*(?:const|let) [\w{[][\w, {}[\]]* =|^\s*function \w*\(/m,
  /\w\{[\w-]+:[^}]+\}/,
  /^version: 1$/m,
];

const isCode = (text: string) => code.some((language) => language.test(text));

/** The texts between the tags of an HTML page, else the whole text. */
const partsOf = (text: string) => (/^<!doctype/i.test(text) ? text.split(/<[^>]*>/) : [text]);

/** Whether a node is a call such as `'a b c'.split(' ')`, which makes a list of words. */
const isList = (node: ts.Node) =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === 'split' &&
  ts.isStringLiteralLike(node.expression.expression);
