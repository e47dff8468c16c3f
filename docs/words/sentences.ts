import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { passagesOf } from './markdown.ts';
import { type Sentence, split } from './passage.ts';
import { commentsOf, commentsOfC, literalsOf } from './source.ts';

/** The kinds of texts, and all their sentences, in the order of files. */
export const kinds = { docs, comments, messages };

/** Sentences of Markdown pages, without code, tables’ frames, headings and pictures. */
function docs(): Sentence[] {
  return files(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'plugin/**/*.md']).flatMap(passagesOf).flatMap(split);
}

/** Sentences of comments in the source. */
function comments(): Sentence[] {
  return [...typescript('src/**/*.ts').flatMap(commentsOf), ...files(['src/**/*.{c,h}']).flatMap(commentsOfC)].flatMap(
    split,
  );
}

/** Sentences that are printed, drawn or handed to an actor: string literals of the source, and the texts of stages. */
function messages(): Sentence[] {
  return [
    ...typescript('src/**/*.ts').flatMap(literalsOf).flatMap(split),
    ...files(['{workflow,stages,templates}/*']).flatMap(passagesOf).flatMap(split),
  ];
}

const NOT_OURS = /node_modules|NOTICES|completion\/|known-modules|\.test\./;

const files = (patterns: string[]) =>
  globSync(patterns)
    .filter((file) => !NOT_OURS.test(file))
    .sort();

const typescript = (pattern: string) =>
  files([pattern]).map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
