import type { Source } from './source.ts';

/** Lines of a file at most. */
export const atMost =
  (limit: number) =>
  (sources: Source[]): string[] =>
    sources
      .filter(({ lines }) => lines > limit)
      .map(({ path, lines }) => `${path}: has ${lines} lines, at most ${limit} are allowed`);

const saysNothing = /^(?:shared|utils?|helpers|common)$/;

export const named = (sources: Source[]): string[] =>
  sources.flatMap(({ path }) => {
    const empty = path
      .replace(/\.\w+$/, '')
      .split('/')
      .find((part) => saysNothing.test(part));
    return empty ? [`${path}: “${empty}” says nothing about what is in it`] : [];
  });

export const noBarrel = (sources: Source[]): string[] =>
  sources.filter(({ barrel }) => barrel).map(({ path }) => `${path}: only passes on what others export`);

/** A value that stands in for a contract or a run where there is none: the type asks for too much. */
const invented: Record<string, string> = {
  'script: none': 'a contract',
  'attempt: 0': 'an attempt',
  'run: none': 'a run',
};

export const nothingInvented = (sources: Source[]): string[] =>
  sources.flatMap(({ path, uses }) =>
    uses.filter((use) => Object.hasOwn(invented, use)).map((use) => `${path}: invents ${invented[use]} (${use})`),
  );
