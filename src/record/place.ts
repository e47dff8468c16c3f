import * as z from 'zod/mini';

/** The host of a comparison, and the other comparison that it must agree with. */
export const place = {
  /** The host of a fleet that measured, and its class; left out for this machine. */
  host: z.optional(z.string()),
  class: z.optional(z.string()),
  /** The class or host of a fleet on which the verdict must hold too; left out if one machine is enough. */
  confirm_on: z.optional(z.string()),
  /** The comparison of the same commits on another class that this one must confirm. */
  confirms: z.optional(z.string()),
};
