import { flag } from '../options.ts';

export const recordOption = { '--record': flag('keep the samples for `monitor trends`') };
