import { seededRandom } from '../../src/stats/rng.ts';
import type { Sentence } from './passage.ts';
import { kinds } from './sentences.ts';

// Draws twenty random sentences of each kind, for somebody who did not write them: does each make sense at the first reading? Each is shown in its
// place: its file, its heading or the name that it belongs to, and the text before it. `npm run words -- SEED [COUNT]`

const [seed = 'words', count = '20'] = process.argv.slice(2);
for (const [kind, sentencesOf] of Object.entries(kinds)) {
  console.log(`\n## ${kind}, seed ${seed}\n`);
  draw(sentencesOf(), Number(count), seededRandom(`${seed} ${kind}`)).forEach(
    ({ file, about, text, before }, index) => {
      const place = about === '' ? file : `${file}, ${about}`;
      console.log(`${index + 1}. ${place}${before === '' ? '' : `\n   (${before})`}\n   ${text}\n`);
    },
  );
}

/** `count` sentences, each as likely as the others, none twice. */
function draw(from: Sentence[], count: number, random: () => number): Sentence[] {
  const left = [...from];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  );
}
