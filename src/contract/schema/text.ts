import * as z from 'zod';

/** Text of at least one character. A NUL character is refused, because command lines and file names cannot contain it. */
export const text = z
  .string()
  .min(1)
  .refine((value) => !value.includes('\0'), 'text without a NUL character');

/** A name on one line that is safe in tables and JSON. */
export const name = text
  .max(80)
  .regex(
    /^[^\s|`](?:[^\r\n|`]*[^\s|`])?$/,
    'one line that contains no | or ` and neither begins nor ends with a space',
  );

/** A command line of the user. Empty for no command. */
export const command = z.string().refine((value) => !value.includes('\0'), 'text without a NUL character');
