import { expect, test } from 'vitest';
import { pages as generated } from '../../docs/generate.ts';
import { allSentences, faultsIn } from '../../docs/words/faults.ts';
import { longestSentence, turns } from '../../docs/words/turns.ts';
import { pages, read } from './pages.ts';

const lines = (page: string) => read(page).split('\n').length - 1;

const isGenerated = (page: string) => page in generated || page === 'docs/contract.md';

/** Pages to look things up in: they may be longer than a page that is read. */
const references = ['docs/benchmarks.md', 'docs/json.md'];

test('pages are short', () => {
  expect(lines('README.md')).toBeLessThanOrEqual(250);
  const read = pages.filter((page) => !isGenerated(page) && !references.includes(page));
  expect(read.filter((page) => lines(page) > 300)).toEqual([]);
  expect(references.filter((page) => lines(page) <= 300)).toEqual([]);
});

/** For each banned turn, a sentence that has it. */
const planted: Record<string, string> = {
  'nobody, whoever': 'The file belongs to whoever made it.',
  'whatever, whichever': 'The run ends whatever its verdict.',
  'is told, tells of': 'The user is told at the end.',
  'is felt': 'The delay is felt in a hook.',
  'What … is … (a statement that begins with “What”)': 'What a session needs of a contract.',
  'Where …, (a condition that begins with “Where”)': 'Where no lock file exists, the versions are unknown.',
  'Of …, (a sentence that begins with “Of”)': 'Of several names the first counts.',
  'Those of …, that of … (at the beginning)': 'Those of the others stay.',
  'there is none, none is': 'The value is null if there is none.',
  'in the place of': 'It stands in the place of the file.',
  beside: 'The figure beside the verdict.',
  'held against': 'The mean is held against the median.',
  'of ours, of yours': 'A file of ours is written whole.',
  'by itself': 'The process ends by itself.',
  'take back': 'The change is taken back.',
  'hand in': 'Then hand in the draft.',
  'cannot be told, known, said': 'The order cannot be known.',
  'shall, thus, hence, lest, thereof': 'The value shall be positive.',
  'goes with, go with': 'The figure goes with the earlier ones.',
  'the like': 'It contains folders, links and the like.',
};

const found = (text: string) => faultsIn([{ file: 'page.md', text }]).map(({ write }) => write);

test.each(turns)('finds the turn “$turn”', ({ turn, write }) => {
  expect(found(planted[turn]!).join()).toContain(write);
});

test('finds a long sentence, and leaves code and good sentences alone', () => {
  expect(Object.keys(planted)).toHaveLength(turns.length);
  expect(found(`${'word '.repeat(longestSentence)}end.`)[0]).toContain(`${longestSentence + 1} words`);
  expect(found(`${'word '.repeat(longestSentence - 1)}end.`)).toEqual([]);
  expect(found('The option `--beside nobody` prints the table.')).toEqual([]);
  expect(found('What does a session cost?')).toEqual([]);
  expect(found('Edit the file by hand in the folder.')).toEqual([]);
  expect(found('If several match, returns undefined: ambiguous.')).toEqual([]);
});

test('pages, comments and messages are plain English', () => {
  const sentences = allSentences();
  expect(sentences.length).toBeGreaterThan(5000);
  expect(faultsIn(sentences).map(({ file, text, write }) => `${file}: ${text}\n  → ${write}`)).toEqual([]);
}, 60_000);

test('the decision names the table of banned turns', () => {
  expect(read('docs/decisions/0044-plain-english.md')).toContain('`docs/words/turns.ts`');
});
