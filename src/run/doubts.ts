import type { Contract } from '../contract/schema/contract.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { measured } from '../measure/sources/usage.ts';
import { isTime } from '../scoping/interview/offers.ts';
import { fixedTime, harnessOf } from '../scoping/recon/reading/harness.ts';
import { readTree } from '../scoping/recon/tree.ts';
import { type FixedCost, fixedCost } from './fixed-cost.ts';

type Place = Parameters<typeof fixedCost>[1];

/** A wrapper is reported if its own time is at least this fraction of an execution's wall time. */
const REPORTED_FROM = 0.1;
/** A command whose CPU time is below this fraction of its wall time mostly waits. */
const WAITS_BELOW = 0.5;

/**
 * Sentences that warn if the primary metric measures the code poorly. There are three cases: the command itself decides how long it runs, a
 * wrapper takes a large part of every execution, or the metric is CPU time although the command mostly waits.
 */
export async function doubts(
  { repro, metrics }: Contract,
  samples: readonly Sample[],
  place: Place,
): Promise<string[]> {
  const { primary } = metrics;
  if (!isTime(primary) || repro.load) return [];
  const tool = harnessOf(repro.script, readTree(place.cwd));
  const cost = await fixedCost(repro.script, place);
  // the time without waiting for a processor, because on a busy machine every command waits for a processor
  const wallMs = mean(samples.map((sample) => measured.undelayed_wall.read(sample) ?? sample.wall_ms));
  const cpuMs = mean(samples.map(({ user_ms, sys_ms }) => (user_ms ?? Number.NaN) + (sys_ms ?? Number.NaN)));
  return [
    ...(tool === null ? [] : [fixedTime(tool)]),
    ...(cost !== null && cost.ms >= REPORTED_FROM * wallMs ? [costText(cost, wallMs)] : []),
    ...(primary.source === 'cpu' && cpuMs < WAITS_BELOW * wallMs
      ? [
          `the command mostly waits: CPU time is ${share(cpuMs, wallMs)} of its wall time. \`source: wall\` measures the time that a person waits`,
        ]
      : []),
  ];
}

function costText({ program, file, ms, behind }: FixedCost, wallMs: number): string {
  const what = `\`${program}\` takes about ${Math.round(ms)} ms of every execution (${share(ms, wallMs)}) to start the program. No change can improve this time`;
  return behind === null
    ? `${what}, so let the command start the program directly`
    : `${what}. ${file} is a wrapper, so let the command start the wrapped program directly: ${behind}`;
}

const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
