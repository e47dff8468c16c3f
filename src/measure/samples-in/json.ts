import { oneLine } from '../../core/text.ts';
import type { Misfit, RawSet } from './set.ts';

type Shape = { fits(value: unknown): boolean; read(value: never): RawSet[] | Misfit };

type Result = { command?: string; times?: unknown[]; exit_codes?: (number | null)[] };

/** What a JSON file of samples may hold; the first shape that fits is read. */
const shapes: Shape[] = [
  { fits: Array.isArray, read: (values: unknown[]) => [{ name: '', unit: '', values }] },
  { fits: (v) => Array.isArray(field(v, 'results')), read: hyperfine },
  {
    fits: (v) => Array.isArray(field(v, 'samples')),
    read: (v: { name?: unknown; unit?: unknown; samples: unknown[] }) => [
      { name: text(v.name), unit: text(v.unit), values: v.samples },
    ],
  },
];

/** Sets of samples in JSON: an array, `{ samples, name?, unit? }`, or an export of hyperfine (seconds). */
export function jsonSets(content: string): RawSet[] | Misfit {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { expected: 'JSON', found: oneLine((error as Error).message) };
  }
  const shape = shapes.find((s) => s.fits(value));
  if (shape) return shape.read(value as never);
  const found = value && typeof value === 'object' ? `the keys ${Object.keys(value).join(', ') || '(none)'}` : value;
  return { expected: 'an array of numbers, `samples` or `results`', found: String(found) };
}

/** A run that failed is not a slow one: an export that holds one is refused. */
function hyperfine({ results }: { results: Result[] }): RawSet[] | Misfit {
  const odd = results.find((r) => !Array.isArray(r?.times));
  if (odd) return { expected: '`times` in every result', found: `none for “${odd?.command ?? ''}”` };
  for (const { command, exit_codes } of results) {
    const run = exit_codes?.findIndex((code) => code !== 0) ?? -1;
    if (run >= 0)
      return {
        expected: 'runs that ended well',
        found: `exit code ${exit_codes![run]} in run ${run + 1} of “${command}”`,
      };
  }
  return results.map(({ command, times }) => ({ name: text(command), unit: 's', values: times! }));
}

const field = (value: unknown, key: string) =>
  value && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
