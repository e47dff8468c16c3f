import { isAsync, placesOf, waited } from './commands.ts';
import { rule } from './rule.ts';

/** A shim that starts at most this number of programs costs about as much as the real program. */
const FEW = 2;

export const versionManagerShim = rule<{ program: string; manager: string; real: string | null; execs: number }>({
  id: 'version-manager-shim',
  severity: 'low',
  title: 'A version manager looks for the program at every call',
  remedy: { act: 'call the program by its path, or put its folder before the shims', lines: 1, saves: true },
  advice: ({ program, manager, real, execs }) =>
    `“${program}” is a shim of ${manager}, which starts ${execs} programs before ${real ?? 'the real program'} begins. Other machines may ` +
    'have no shims. Put the folder of the real program first in PATH, for example in `env` of the settings.',
  detect({ hook, script, measured }) {
    if (isAsync(hook)) return [];
    return (measured?.shims ?? [])
      .filter(({ execs }) => execs > FEW)
      .map((shim) => {
        const calls = waited(hook, script).filter(({ program }) => program === shim.program);
        return { lines: calls.length > 0 ? placesOf(calls) : [script.declared], facts: { ...shim } };
      });
  },
});
