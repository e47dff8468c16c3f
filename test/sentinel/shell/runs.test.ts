import { expect, test } from 'vitest';
import { programsOf, scriptOf } from '../hooks.ts';

/** The commands that a script runs. */
const cases: Record<string, [script: string, runs: string[]]> = {
  'a comment': ['true # curl http://x', ['true']],
  'a string': ['echo "use curl http://x"', ['echo use curl http://x']],
  'a here-document': ['cat <<EOF\ncurl http://x $(date)\nEOF', ['date', 'cat']],
  'a quoted here-document': ["cat <<'EOF'\n$(curl http://x)\nEOF", ['cat']],
  'an address in a variable': ['URL=http://x/curl\necho $URL', ['echo http://x/curl']],
  'a function that is never called': ['get() { curl http://x; }\necho a', ['echo a']],
  'a function that is called': ['get() { curl "$1"; }\nget http://x', ['curl http://x']],
  'a function that calls itself': ['f() { date; f; }\nf', ['date']],
  'a function that runs its arguments': ['try() { "$@" || true; }\ntry curl -s x', ['curl -s x', 'true']],
  'a function of a function': ['a() { date; }\nb() { a; }\nb', ['date']],
  'a check whether a program exists': ['command -v curl && echo a', ['command -v curl', 'echo a']],
  'an alias': ["alias get='curl http://x'", ['alias']],
  'after an exit': ['exit 0\ncurl http://x', ['exit 0']],
  'after exec': ['exec date\ncurl http://x', ['date']],
  'after an exit in a subshell': ['(exit 1)\ndate', ['exit 1', 'date']],
  'after a return': ['f() { return; date; }\nf\nls', ['return', 'ls']],
  'a substitution in a substitution': ['a="$(ls $(pwd))"', ['pwd', 'ls /project']],
  'backticks in backticks': ['a=`ls \\`date\\``', ['date', 'ls <`date`>']],
  'a process substitution': ['while read -r a; do ls; done < <(find . | sort)', ['find .', 'sort', 'read -r a', 'ls']],
  'a wrapper': [
    'timeout 5 env A=1 nice -n 3 curl x',
    ['timeout 5 env A=1 nice -n 3 curl x', 'env A=1 nice -n 3 curl x', 'nice -n 3 curl x', 'curl x'],
  ],
  'xargs and find': [
    'ls | xargs -n 1 rm\nfind a -exec wc {} +',
    ['ls', 'xargs -n 1 rm', 'rm', 'find a -exec wc {} +', 'wc {}'],
  ],
  'a shell in a shell': [`bash -c 'curl x'`, ['curl x', 'bash -c curl x']],
  eval: [`eval "curl x"`, ['curl x', 'eval curl x']],
  'a trap': [`trap done_ EXIT\ndone_() { rm -f x; }\ndate`, ['trap done_ EXIT', 'date', 'rm -f x']],
  'a case': ['case $a in b) date ;; *) ls ;; esac', ['date', 'ls']],
  'a test': ['[[ -n $(date) && $a == b ]] && ls', ['date', 'ls']],
  'an unknown program': ['$tool x', ['? x']],
  'a loop over names of a program': ['for py in python3 python; do "$py" x; done', ['python3 x']],
};

test.each(Object.entries(cases))('the commands that really run: %s', async (_, [script, runs]) => {
  const read = await scriptOf(script);
  expect(read.problems).toEqual([]);
  expect(programsOf(read)).toEqual(runs);
});

const flags: Record<string, [script: string, flags: object]> = {
  'in a branch': ['if a; then date; fi', { conditional: true, loop: false }],
  'in a loop': ['while a; do date; done', { conditional: true, loop: true }],
  'in the background': ['date &', { background: true }],
  'in a group in the background': ['{ date; } &', { background: true }],
  'in a variable': ['a=$(date)', { told: false }],
  'in a file': ['date > x', { told: false }],
  'for the client': ['date', { told: true, conditional: false, loop: false, background: false, guarded: false }],
  'as an error': ['date >&2', { told: true }],
  'in a pipe': ['date | cat', { told: false }],
  'after a check of the event': ['a=$(cat)\n[[ $a == *git* ]] || exit 0\ndate', { guarded: true, conditional: false }],
  'after a check of something else': ['[ -d .git ] || exit 0\ndate', { guarded: false }],
  'after a check by a function': [
    'a=$(cat)\nno() { ! grep -q x <<< "$a"; }\nif no; then exit 0; fi\ndate',
    { guarded: true },
  ],
  'after a check in a function': ['f() { [ "$1" = x ] && exit; }\nf "$(cat)"\ndate', { guarded: true }],
  'with a function called in a branch and elsewhere': ['f() { date; }\nif a; then f; fi\nf', { conditional: false }],
};

test.each(Object.entries(flags))('a command %s', async (_, [script, expected]) => {
  const { commands } = await scriptOf(script);
  expect(commands.find(({ program }) => program === 'date')).toMatchObject(expected);
});

const inputs: Record<string, [script: string, payload: boolean]> = {
  'as it comes': ['jq .a', true],
  'by cat': ['cat | jq .a', true],
  'out of a variable': ['a=$(cat)\necho "$a" | jq .a', true],
  'out of a variable that was read': ['IFS= read -r -d \'\' a\njq .a <<< "$a"', true],
  'out of a function’s argument': ['f() { jq .a <<< "$1"; }\nf "$(cat)"', true],
  'of another program': ['curl x | jq .a', false],
  'of a part of it': ['jq .b | jq .a', false],
  'of a file': ['jq .a < x', false],
};

test.each(Object.entries(inputs))('whether the input is the event’s JSON: %s', async (_, [script, payload]) => {
  const { commands } = await scriptOf(script);
  expect(commands.findLast(({ program, words }) => program === 'jq' && words[0]?.value === '.a')?.payload).toBe(
    payload,
  );
});
