/**
 * Eight hexadecimal digits, to stand beside the pid in the name of a temporary file. They keep no secret, so nothing of cryptography is
 * loaded for them: that is felt in a hook.
 */
export const eightDigits = () =>
  Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
