import { flag } from '../options.ts';

export const recordOption = { '--record': flag('keep it as a point of the monitor’s series') };
