/** The commands that a shell runs without starting a process: those of bash, which include those of sh. */
const names =
  '. : [ [[ alias bg bind break builtin caller cd command compgen complete continue declare dirs disown echo enable eval exec exit export ' +
  'false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift ' +
  'shopt source suspend test times trap true type typeset ulimit umask unalias unset wait';

const builtins = new Set(names.split(' '));

export const isBuiltin = (program: string): boolean => builtins.has(program);
