import type { Kind } from '../../event.ts';
import { type ColumnFigures, columnsIn, figuresOfColumn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import type { Span } from '../../store/read.ts';
import { stepOf } from './seen.ts';

/** More lines than this are not told apart. */
const MOST_LINES = 5;

/** How long things of a kind took, piece by piece: those that took the most in all. */
export const linesIn = (db: Database, span: Span, kind: Kind): ColumnFigures[] =>
  columnsIn(db, span, { kinds: [kind], metric: 'duration_ms', step: stepOf(span), most: MOST_LINES }).map(
    figuresOfColumn,
  );
