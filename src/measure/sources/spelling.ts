import { mappedSources, namedSources, type Source, type SourceName } from './sources.ts';

/** The sources that a command accepts by name. */
export function namesOfferedBy(command: 'measure' | 'compare'): SourceName[] {
  const names = Object.keys(namedSources) as SourceName[];
  return names.filter((name) => namedSources[name].offeredBy.includes(command));
}

/** How users write sources in `measure --metric NAME=…`: `cpu`, `json:KEY`. */
export function spellings(): string[] {
  const withText = mappedSources.flatMap(({ argument }) => argument ?? []);
  return [...namesOfferedBy('measure'), ...withText.map(({ word, placeholder }) => `${word}:${placeholder}`)];
}

/** The source that a user writes as `word` or `word:text`. Undefined if `measure` offers no such source. */
export function sourceSpelled(word: string, text: string): Source | undefined {
  const name = namesOfferedBy('measure').find((offered) => offered === word);
  if (name) return text === '' ? name : undefined;
  const row = mappedSources.find(({ argument }) => argument?.word === word);
  if (!row || text === '') return undefined;
  const values = Object.entries(row.fields).map(([field, value]) => {
    if ('is' in value) return [field, value.is];
    return [field, 'default' in value ? value.default : text];
  });
  return Object.fromEntries(values) as Source;
}
