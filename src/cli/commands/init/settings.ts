import * as z from 'zod';
import { failure } from '../../../core/errors.ts';

const settings = z.looseObject({
  extraKnownMarketplaces: z.record(z.string(), z.unknown()).optional(),
  enabledPlugins: z.record(z.string(), z.unknown()).optional(),
  permissions: z.looseObject({ allow: z.array(z.unknown()).optional() }).optional(),
});

/** The parts of Claude Code's settings that matter here; all other parts stay as they are. */
export type Settings = z.infer<typeof settings>;

/**
 * Parses a settings file; an empty text gives empty settings.
 * @throws settings_invalid: writing the settings back would lose something
 */
export function readSettings(file: string, text: string): Settings {
  if (text.trim() === '') return {};
  const invalid = (problem: string) => failure('settings_invalid', { file, problem });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (JSON.stringify(data) !== squeezed(text)) throw invalid('it holds a key twice, or a number that JSON cannot keep');
  const parsed = settings.safeParse(data);
  if (parsed.success) return data as Settings;
  const issue = parsed.error.issues[0]!;
  throw invalid(`${issue.path.join('.') || 'the file'}: ${issue.message}`);
}

/** The text without white space, with strings as JSON.stringify writes them. */
function squeezed(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  return tokens.map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token)).join('');
}

/** The file's indentation; two blanks where it has none. */
export function indentOf(text: string): string {
  return /^[^\S\n]+(?=")/m.exec(text)?.[0] ?? '  ';
}
