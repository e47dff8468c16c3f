import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/core/text.ts';
import { argvOf } from '../../../src/measure/sessions/command.ts';

describe('a script with `shell: auto`', () => {
  it.each([
    ['node bench.mjs --n=3', ['node', 'bench.mjs', '--n=3']],
    [`node -e "console.log('a  b')"`, ['node', '-e', "console.log('a  b')"]],
    ["  printf '%s' a\\ b  ''  ", ['printf', '%s', 'a b', '']],
    ['echo "a \\"quoted\\" \\$5"', ['echo', 'a "quoted" $5']],
    ["echo pre'fix'ed", ['echo', 'prefixed']],
    ['echo a#b a~b', ['echo', 'a#b', 'a~b']],
  ])('is started without a shell when it needs none: %s', (script, argv) => {
    expect(argvOf(script, 'auto')).toEqual(argv);
  });

  it.each([
    'a | b',
    'a && b',
    'a; b',
    'echo $HOME',
    'echo "$HOME"',
    'echo `date`',
    'ls *.js',
    'cat < in',
    'a > out',
    'N=1 node bench.mjs',
    'cd x',
    'exec node x',
    'ls ~',
    'a # comment',
    'a\nb',
    "echo 'no end",
    '(a)',
    'a {b,c}',
  ])('goes to /bin/sh as a whole when it needs one: %s', (script) => {
    expect(argvOf(script, 'auto')).toEqual(['/bin/sh', '-c', script]);
  });
});

it('goes to /bin/sh always, or never, when the contract says so', () => {
  expect(argvOf('node x', true)).toEqual(['/bin/sh', '-c', 'node x']);
  expect(argvOf("a | b '$c'", false)).toEqual(['a', '|', 'b', '$c']);
});

it('quotes a word so that it is split back into that word', () => {
  for (const word of ['plain', 'a b', "it's", '$HOME', 'a"b', '--x=1', '']) {
    expect(argvOf(`echo ${shellWord(word)}`, 'auto')).toEqual(['echo', word]);
  }
});
