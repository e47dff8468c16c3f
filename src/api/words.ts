import { GateError, isFailure } from '../core/errors.ts';

/** What options of the command line are called here. */
const parameters: Record<string, string> = {
  '--threshold': 'threshold',
  '--no-worse-than': 'noWorseThan',
  '--claim': 'claim',
  '--paired': 'paired',
  '--runs': 'runs',
  '--max-runs': 'maxRuns',
};

/** Advice of its own, by the code. */
const advice: Record<string, string> = {
  interrupted: 'The signal ended it, and nothing was kept. Call it again.',
  samples_too_few: 'Measure more runs of each.',
};

/** Advice that only the command line can follow. */
const elsewhere = [/, or pass --ignore-failure [^.]*/, /: `source` in a contract, --metric of `measure`/];

/** Throws it again; a failure of ours names the parameters of the library. The output of a command, in other messages, stays as it is. */
export function raise(thrown: unknown): never {
  if (!isFailure(thrown)) throw thrown;
  const { code, message, hint, exitCode } = thrown;
  const told = code === 'usage' ? inParameters(message) : message;
  throw new GateError(code, told, advice[code] ?? inParameters(hint), exitCode, thrown);
}

/** `--threshold 5%` becomes `threshold: '5%'`. */
function inParameters(text: string): string {
  const followed = elsewhere.reduce((rest, part) => rest.replace(part, ''), text);
  return followed.replace(
    /(--[a-z]+(?:-[a-z]+)*)(?: (proven|observed|[\d.]*\d[^\s,.:;)]*))?/g,
    (option, name: string, value: string | undefined) => {
      const parameter = parameters[name];
      if (parameter === undefined) return option;
      if (value === undefined) return `\`${parameter}\``;
      return `\`${parameter}: ${/^[\d.]+$/.test(value) ? value : `'${value}'`}\``;
    },
  );
}
