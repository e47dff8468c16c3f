import * as z from 'zod/mini';

/** Where a comparison was measured, and the other one that it has to agree with. */
export const place = {
  /** The host of a fleet that measured, and its class; left out where it was this machine. */
  host: z.optional(z.string()),
  class: z.optional(z.string()),
  /** The class or host of a fleet on which the verdict must hold too; left out where one machine is enough. */
  confirm_on: z.optional(z.string()),
  /** The comparison that this one must bear out: of the same commits, on another class. */
  confirms: z.optional(z.string()),
};
