import { basename, extname } from 'node:path';
import { cut, oneLine } from '../../core/text.ts';

/** The name of a benchmark's series in a suite, after the file of the contract: `suite/parse`. */
export const suiteSeries = (file: string, benchmark: string): string =>
  `${stemOf(file)}/${cut(oneLine(benchmark), 80)}`;

/** The prefix of all series names of a suite. */
export const stemOf = (file: string): string => oneLine(basename(file, extname(file)));

/** The benchmark in the name of a suite's series. */
export const benchmarkIn = (series: string): string => series.slice(series.indexOf('/') + 1);
