import * as z from 'zod/mini';

/** What a profile shows of a place besides its cost. Absent is what the profile does not say, or next to nothing. */
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
