import * as z from 'zod/mini';
import type { Flags } from '../discover/settings.ts';
import type { DryRunOptions } from '../dry-run/options.ts';

/** The conditions of an audit: how the hooks were run, except for the properties of the cage. */
export type Conditions = {
  runs: number;
  /** The lengths to which one field of the input was lengthened, in bytes. */
  payload: readonly number[];
  /** Whether inputs that were recorded from a session replaced the usual inputs. */
  recorded: boolean;
  /** Whether settings or plugins were given on the command line. */
  flags: boolean;
  strace: boolean;
  /** Null: no time limit. */
  limit_s: number | null;
};

/** The stored form of an audit's conditions. */
export const conditionsSchema = z.object({
  runs: z.number(),
  payload: z.array(z.number()),
  recorded: z.boolean(),
  flags: z.boolean(),
  strace: z.boolean(),
  limit_s: z.nullable(z.number()),
});

export const conditionsOf = (
  { runs, payload, recorded, strace, limit_s }: DryRunOptions,
  flags?: Flags,
): Conditions => ({
  runs,
  payload,
  recorded: recorded.length > 0,
  flags: flags !== undefined && (flags.settings !== undefined || flags.pluginDirs.length > 0),
  strace,
  limit_s,
});

/** Whether an audit under the conditions `kept` contains all results that an audit under the conditions `asked` would contain. */
export const tellsAll = (kept: Conditions, asked: Conditions): boolean =>
  kept.runs >= asked.runs &&
  asked.payload.every((size) => kept.payload.includes(size)) &&
  kept.recorded === asked.recorded &&
  kept.flags === asked.flags &&
  kept.strace === asked.strace &&
  (kept.limit_s ?? Number.POSITIVE_INFINITY) >= (asked.limit_s ?? Number.POSITIVE_INFINITY);
