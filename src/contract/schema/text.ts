import * as z from 'zod';

/** Text that says something: at least one character, and none that a command line or a file name cannot carry. */
export const text = z
  .string()
  .min(1)
  .refine((value) => !value.includes('\0'), 'text without a NUL character');

/** A name on one line, as it stands in tables and JSON. */
export const name = text
  .max(80)
  .regex(/^[^\s|`](?:[^\r\n|`]*[^\s|`])?$/, 'one line without | and `, no space around it');

/** A command line of the user; the empty text means none. */
export const command = z.string().refine((value) => !value.includes('\0'), 'text without a NUL character');
