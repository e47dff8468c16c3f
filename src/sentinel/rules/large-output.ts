import { rule } from './rule.ts';

/** The largest output that Claude Code gives the model without cutting it, in bytes. */
const MUCH = 10_000;

export const largeOutput = rule<{ stdout_bytes: number }>({
  id: 'large-output',
  severity: 'low',
  title: 'The hook prints more than 10 kB',
  remedy: { act: 'print less', lines: 10, saves: false },
  advice: ({ stdout_bytes }) =>
    `The hook printed ${stdout_bytes} bytes. The model reads this output each time, unless Claude Code cuts it off. Print the important part, and write the rest to a file.`,
  detect({ measured, script }) {
    const bytes = measured?.stdout_bytes ?? 0;
    return bytes > MUCH ? [{ lines: [script.declared], facts: { stdout_bytes: bytes } }] : [];
  },
});
