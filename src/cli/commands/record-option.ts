import { flag } from '../options.ts';

export const recordOption = { '--record': flag('keep it for `monitor trends`') };
