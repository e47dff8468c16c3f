import { type Format, statsOf } from './row.ts';

/** `hyperfine --export-json`: seconds. */
export const hyperfine: Format = (text) =>
  (JSON.parse(text) as { results: { command: string }[] }).results.map((result) => ({
    name: result.command,
    main: 'mean',
    stats: statsOf(result, 's'),
  }));
