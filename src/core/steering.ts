/** Control characters but tabs and line ends, and what turns the reading direction. */
const steering = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text that may come from anywhere, so that nothing in it steers a terminal or changes the order of what is read. */
export const withoutSteering = (text: string): string => text.replace(steering, ' ');
