import { describe, expect, expectTypeOf, it } from 'vitest';
import { mappedSources, namedSources, type Source, unitOf } from '../../../src/measure/sources/sources.ts';
import { namesOfferedBy, sourceSpelled, spellings } from '../../../src/measure/sources/spelling.ts';

describe('the table of sources', () => {
  it('gives the type of a contract’s sources', () => {
    expectTypeOf<{ stdout: 'json'; key: string }>().toExtend<Source>();
    expectTypeOf<{ format: 'k6'; file: string }>().toExtend<Source>();
    expectTypeOf<{ size: string; encoding: 'gzip' }>().toExtend<Source>();
    expectTypeOf<'callgrind'>().toExtend<Source>();
    expectTypeOf<{ stdout: 'xml'; key: string }>().not.toExtend<Source>();
    expectTypeOf<{ format: 'unheard-of'; file: string }>().not.toExtend<Source>();
    expectTypeOf<'rss'>().not.toExtend<Source>();
  });

  it('has no two mappings with the same keys', () => {
    const keys = mappedSources.map(({ fields }) =>
      JSON.stringify(Object.entries(fields).map(([k, f]) => ('is' in f ? [k, f.is] : k))),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the spelling of a source', () => {
  it.each(spellings())('%s is read back', (spelled) => {
    const [word = '', text = ''] = spelled.split(':');
    expect(sourceSpelled(word, text)).toBeDefined();
  });

  it.each<[word: string, text: string, source: Source | undefined, unit?: string]>([
    ['max_rss', '', 'max_rss', 'KB'],
    ['json', 'latency.p95', { stdout: 'json', key: 'latency.p95' }, ''],
    ['size', 'dist/*.js', { size: 'dist/*.js', encoding: 'raw' }, 'bytes'],
    ['max_rss', 'text', undefined],
    ['json', '', undefined],
    ['wall', '', undefined],
    ['callgrind', '', undefined],
    ['constructor', 'text', undefined],
  ])('%s with the text “%s”', (word, text, source, unit) => {
    const found = sourceSpelled(word, text);
    expect(found).toEqual(source);
    if (found) expect(unitOf(found)).toBe(unit);
  });

  it('is offered by the commands that its row names', () => {
    expect(namesOfferedBy('compare')).toEqual(['wall', 'undelayed_wall', 'cpu', 'max_rss', 'tree_rss']);
    expect(Object.keys(namedSources)).toEqual(expect.arrayContaining(namesOfferedBy('measure')));
  });
});
