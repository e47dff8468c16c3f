import * as z from 'zod/mini';

/** The host that measured a comparison, and the other comparison with which the verdict must agree. */
export const place = {
  /** The host of a fleet that took the samples, and the host's class. Absent if this machine took the samples. */
  host: z.optional(z.string()),
  class: z.optional(z.string()),
  /** The second class or host of a fleet. It must measure again and give the same verdict. Absent if one host is enough. */
  confirm_on: z.optional(z.string()),
  /** The comparison that this comparison must confirm: an earlier one of the same commits, on another class of hosts. */
  confirms: z.optional(z.string()),
};
