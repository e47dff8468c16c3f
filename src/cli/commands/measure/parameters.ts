import { failure } from '../../../core/errors.ts';
import type { Values } from '../../command.ts';
import { lettered, text, tuples, under } from '../../options.ts';

/** The options for parameters. A parameter turns one command into several commands. */
export const parameterOptions = {
  '--parameter-scan <name> <min> <max>': lettered('P', tuples('replace {name} by numbers (step: -D)')),
  ...under('hidden', { '--parameter-step-size <delta>': lettered('D', text('the step of the range (default 1)')) }),
  '--parameter-list <name> <values>': lettered('L', tuples('replace {name} by each of a,b,c')),
};

/** One value for each parameter, by the name of the parameter. */
export type Chosen = Record<string, string>;

/**
 * Every combination of the parameters' values. The first parameter changes fastest. Without parameters, there is one empty combination.
 * @throws usage
 */
export function combinationsOf({
  parameterScan,
  parameterStepSize,
  parameterList,
}: Values<typeof parameterOptions>): Chosen[] {
  if (parameterStepSize !== undefined && parameterScan.length === 0)
    throw refused('--parameter-step-size needs --parameter-scan.', scanExample);
  const scans = parameterScan.map(([name = '', min = '', max = '']) => ({
    name,
    values: range(min, max, parameterStepSize),
  }));
  const lists = parameterList.map(([name = '', values = '']) => ({ name, values: listed(values) }));
  const all = [...scans, ...lists];
  const twice = all.find(({ name }, i) => all.findIndex((other) => other.name === name) < i);
  if (twice)
    throw refused(
      `The parameter ${twice.name} is given twice.`,
      'Give all values of the parameter at once: -L n 1,2,3.',
    );
  const combinations = all.reduceRight<Chosen[]>(
    (rest, { name, values }) => rest.flatMap((chosen) => values.map((value) => ({ [name]: value, ...chosen }))),
    [{}],
  );
  if (combinations.length <= most) return combinations;
  throw refused(
    `The parameters turn each command into ${combinations.length} commands; at most ${most} are allowed.`,
    scanExample,
  );
}

const most = 1000;
const scanExample = 'For example: --parameter-scan threads 2 8 --parameter-step-size 2.';

const refused = (problem: string, hint: string) => failure('usage', { problem, hint });

/** The numbers from `min` to `max`, computed in whole steps, so that 0.1 to 0.3 gives 0.3 and not 0.30000000000000004. */
function range(min: string, max: string, step: string | undefined): string[] {
  const [from, to, by] = [min, max, step ?? '1'].map((given) => {
    if (given.trim() !== '' && Number.isFinite(Number(given))) return Number(given);
    throw refused(`The range of --parameter-scan has the bound “${given}”, which is not a number.`, scanExample);
  }) as [number, number, number];
  const decimals = Math.max(...[min, step ?? '1'].map((given) => given.split('.')[1]?.length ?? 0));
  if (decimals > 0 && step === undefined)
    throw refused('A range with decimals needs a step.', 'Add --parameter-step-size 0.1, for example.');
  if (by <= 0) throw refused(`The step “${step}” is not above 0.`, 'Give a number above 0.');
  if (to < from) throw refused(`The range from ${min} to ${max} is empty.`, 'Give the smaller bound first.');
  const steps = Math.floor((to - from) / by + 1e-9);
  if (steps >= most) throw refused(`The range has ${steps + 1} values; at most ${most} are allowed.`, scanExample);
  return Array.from({ length: steps + 1 }, (_, i) => (from + i * by).toFixed(decimals));
}

/** Splits a comma-separated list into its values. `\,` is a comma inside a value. */
const listed = (values: string): string[] => values.split(/(?<!\\),/).map((value) => value.replaceAll('\\,', ','));

/** Replaces each `{name}` with the value chosen for the parameter `name`. */
export const fill = (text: string, chosen: Chosen): string =>
  text.replace(/\{([^{}]+)\}/g, (all, name: string) => chosen[name] ?? all);
