import type { Kind } from '../../event.ts';
import { type ColumnFigures, columnsIn, figuresOfColumn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import type { Span } from '../../store/read.ts';
import { stepOf } from './seen.ts';

/** The highest number of lines that a reader can distinguish in a chart. */
const MOST_LINES = 5;

/** The durations of one event kind per time step. Only the names with the largest sums are included. */
export const linesIn = (db: Database, span: Span, kind: Kind): ColumnFigures[] =>
  columnsIn(db, span, { kinds: [kind], metric: 'duration_ms', step: stepOf(span), most: MOST_LINES }).map(
    figuresOfColumn,
  );
