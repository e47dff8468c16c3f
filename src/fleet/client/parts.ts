import type { Contract } from '../../contract/schema/contract.ts';
import { type SuitePart, wholeSuite } from '../../contract/suite-part.ts';
import type { Fleet } from '../queue/open.ts';
import { hostsOf, keysFrom } from '../queue/runs.ts';
import { jobOf } from '../queue/send.ts';

/**
 * The maximum number of parts of one request. The number is limited, because each part needs its own copy of the commits and its own
 * connection to the database.
 */
const MOST_PARTS = 8;

/**
 * The maximum number of hosts that can share the measurement of a contract. Only a suite with a separate command for each benchmark can be
 * divided.
 */
export const mostParts = (contract: Contract): number => Math.min(MOST_PARTS, contract.benchmarks?.length ?? 1);

/**
 * The parts of a request: one for each host of the class that takes jobs now, but no more than `most` parts. If the same request was sent
 * before, it has the same number of parts again.
 */
export async function partsOf(
  fleet: Fleet,
  { key, on, most }: { key: string; on: string; most: number },
): Promise<SuitePart[]> {
  const of = most === 1 ? 1 : ((await sentBefore(fleet, key)) ?? Math.min(most, await hostsOf(fleet, on)));
  return of <= 1 ? [wholeSuite] : Array.from({ length: of }, (_, index) => ({ index, of }));
}

export const isWhole = ({ of }: SuitePart): boolean => of === 1;

/** The key of the job that measures one part of a request, such as `<key>/3/1` for the first of three parts. */
export const keyOf = (key: string, part: SuitePart): string =>
  isWhole(part) ? key : `${key}/${part.of}/${part.index + 1}`;

async function sentBefore(fleet: Fleet, key: string): Promise<number | undefined> {
  if (await jobOf(fleet, key)) return 1;
  const [one] = await keysFrom(fleet, `${key}/`);
  return one === undefined ? undefined : Number(one.split('/')[1]);
}
