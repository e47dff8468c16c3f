import * as z from 'zod/mini';

/** The host that measured a comparison, and the other comparison with which the verdict must agree. */
export const place = {
  /** The host of a fleet that measured, and the host's class. Absent if this machine measured. */
  host: z.optional(z.string()),
  class: z.optional(z.string()),
  /** The second class or host of a fleet. The verdict must hold there, too. Absent if one host is enough. */
  confirm_on: z.optional(z.string()),
  /** The earlier comparison of the same commits, on another class of hosts, that this comparison must confirm. */
  confirms: z.optional(z.string()),
};
