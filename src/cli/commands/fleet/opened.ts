import type { Fleet } from '../../../fleet/queue/open.ts';
import type { Tools } from '../../terminal/tools.ts';
import { databaseOf } from './database.ts';

/** Opens the fleet while `act` runs. @throws fleet_no_database, and what `openFleet` throws */
export async function withFleet<T>(
  database: string | undefined,
  tools: Tools,
  act: (fleet: Fleet) => Promise<T>,
): Promise<T> {
  const { openFleet } = await import('../../../fleet/queue/open.ts');
  const fleet = await openFleet(databaseOf(database, tools.env), 'client', tools);
  try {
    return await act(fleet);
  } finally {
    await fleet.close();
  }
}
