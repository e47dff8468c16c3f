import { GateError, isFailure } from '../core/errors.ts';

/** For each option of the command line, the parameter of the library with the same meaning. */
const parameters: Record<string, string> = {
  '--threshold': 'threshold',
  '--no-worse-than': 'noWorseThan',
  '--claim': 'claim',
  '--paired': 'paired',
  '--runs': 'runs',
  '--max-runs': 'maxRuns',
};

/** Hints for users of the library, by error code. */
const advice: Record<string, string> = {
  interrupted: 'The `signal` ended the measurement, and its samples were discarded. Call the function again.',
  samples_too_few: 'Measure more runs of each subject.',
};

/** Matches the parts of hints that apply only to the command line. */
const elsewhere = [/, or pass --ignore-failure [^.]*/, /: `source` in a contract, --metric of `measure`/];

/**
 * Rethrows an error. In perf-gate's own errors, replaces the options of the command line with the parameters of the library. Changes every
 * hint, but changes the message only for the code `usage`.
 */
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
