import { flag } from '../options.ts';

export const recordOption = { '--record': flag('keep a point of the monitor’s series') };
