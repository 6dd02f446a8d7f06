/** Windows has no rights of files as Unix has them, no signals that a program can heed, no pipes and devices with a path. */
export const isWindows = process.platform === 'win32';
