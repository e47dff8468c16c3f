import * as z from 'zod/mini';

/**
 * Facts of a profile about a hotspot, other than its cost. A field is absent if the profile does not record its fact, or if the value is
 * negligible.
 */
export const signs = z.object({
  calls: z.optional(z.number()),
  callers: z.optional(z.number()),
  main_caller_pct: z.optional(z.number()),
  gc_pct: z.optional(z.number()),
  dependency_pct: z.optional(z.number()),
  line_pct: z.optional(z.number()),
  allocates: z.optional(z.literal(true)),
  waits: z.optional(z.literal(true)),
});
