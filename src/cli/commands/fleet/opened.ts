import { databaseOf } from '../../../fleet/names.ts';
import type { Fleet } from '../../../fleet/queue/open.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Opens the fleet's database, calls `act`, and closes the database. @throws fleet_no_database, and the errors of `openFleet` */
export async function opened<T>(
  database: string | undefined,
  tools: Tools,
  act: (fleet: Fleet) => Promise<T>,
): Promise<T> {
  const { withFleet } = await import('../../../fleet/client/with-fleet.ts');
  return withFleet(databaseOf(database, tools.env), tools, act);
}
