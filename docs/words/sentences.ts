import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** A sentence that a person reads, and the file that holds it. */
export interface Sentence {
  file: string;
  text: string;
}

/** The kinds of texts, and all their sentences, in the order of files. */
export const kinds = { docs, comments, messages };

/** Sentences of Markdown pages, without code, tables’ frames, headings and pictures. */
function docs(): Sentence[] {
  return files(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'plugin/**/*.md']).flatMap(markdown);
}

/** Sentences of comments in the source. */
function comments(): Sentence[] {
  const found = [...typescript('src/**/*.ts').flatMap(commentsOf), ...files(['src/**/*.{c,h}']).flatMap(commentsOfC)];
  return found.flatMap(({ file, text }) => split(file, text));
}

/** Sentences that are printed, drawn or handed to an actor: string literals of the source, and the texts of stages. */
function messages(): Sentence[] {
  const printed = typescript('src/**/*.ts').flatMap(literalsOf);
  return [
    ...printed.flatMap(({ file, text }) => split(file, text)),
    ...files(['{workflow,stages,templates}/*']).flatMap(markdown),
  ];
}

const NOT_OURS = /node_modules|NOTICES|completion\/|known-modules|\.test\./;

const files = (patterns: string[]) =>
  globSync(patterns)
    .filter((file) => !NOT_OURS.test(file))
    .sort();

const typescript = (pattern: string) =>
  files([pattern]).map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));

function commentsOf(source: ts.SourceFile): Sentence[] {
  const at = new Map<number, ts.CommentRange>();
  const keep = (range: ts.CommentRange) => at.set(range.pos, range);
  const visit = (node: ts.Node): void => {
    ts.getLeadingCommentRanges(source.text, node.getFullStart())?.forEach(keep);
    ts.getTrailingCommentRanges(source.text, node.getEnd())?.forEach(keep);
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  let text = '';
  let end = 0;
  for (const range of [...at.values()].sort((a, b) => a.pos - b.pos)) {
    // lines that follow one another are one comment
    text +=
      (/^\n? *$/.test(source.text.slice(end, range.pos)) ? '\n' : '\n\n') + source.text.slice(range.pos, range.end);
    end = range.end;
  }
  return text.split(/\n\n/).map((comment) => ({ file: source.fileName, text: withoutMarks(comment) }));
}

const commentsOfC = (file: string): Sentence[] =>
  [...readFileSync(file, 'utf8').matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/ .*/g)].map(([text]) => ({
    file,
    text: withoutMarks(text),
  }));

const withoutMarks = (comment: string) => comment.replace(/^\s*(?:\/\*\*?|\*(?!\/)|\/\/)|\*\/\s*$/gm, '');

function literalsOf(source: ts.SourceFile): Sentence[] {
  const found: Sentence[] = [];
  const keep = (text: string) => {
    for (const part of isCode(text) ? [] : partsOf(text)) found.push({ file: source.fileName, text: part });
  };
  const visit = (node: ts.Node): void => {
    if (isList(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) keep(node.text);
    if (ts.isTemplateExpression(node))
      keep(node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(source);
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

function markdown(file: string): Sentence[] {
  const prose = readFileSync(file, 'utf8')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replaceAll(/^ *(```|~~~)[\s\S]*?^ *\1.*$/gm, '')
    .replaceAll(/^ *(?:[-*]|\d+\.) /gm, '\n')
    .replaceAll(/^\s*\|(.*)\|\s*$/gm, (_, row: string) => `\n${row.replaceAll(/(?<!\\)\|/g, '\n\n')}\n`)
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^#.*$/gm, '');
  return prose.split(/\n\s*\n/).flatMap((paragraph) => split(file, paragraph));
}

const SENTENCE_END = /(?<=[.?!:][”’)*]*)\s+(?=[*(“]*[A-Z`…])|\s(?=@[a-z]+ )/;
const FEWEST_WORDS = 5;

/** Statements of SQL are for a database. */
const SQL = /^(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH|NOT EXISTS) /;

/** Text without letters in a row, such as a path, a format or a table’s line, is no sentence. */
const split = (file: string, text: string): Sentence[] =>
  text
    .replaceAll(/\s+/g, ' ')
    .split(SENTENCE_END)
    .map((sentence) => ({ file, text: sentence.trim() }))
    .filter(({ text: sentence }) => !SQL.test(sentence))
    .filter(
      ({ text: sentence }) =>
        (sentence.match(/(?<=^|\s)[“"(*]*[A-Za-z’]+[”").,;:*]*(?=\s|$)/g) ?? []).length >= FEWEST_WORDS,
    );
