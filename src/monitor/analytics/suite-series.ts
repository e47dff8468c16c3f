import { basename, extname } from 'node:path';
import { cut, oneLine } from '../../core/text.ts';

/**
 * The name of a series for one benchmark of a suite. It consists of the contract's file name and the benchmark's name, such as
 * `suite/parse`.
 */
export const suiteSeries = (file: string, benchmark: string): string =>
  `${stemOf(file)}/${cut(oneLine(benchmark), 80)}`;

/** The prefix of all series names of a suite. */
export const stemOf = (file: string): string => oneLine(basename(file, extname(file)));

/** The name of the benchmark, taken from the name of its series. */
export const benchmarkIn = (series: string): string => series.slice(series.indexOf('/') + 1);
