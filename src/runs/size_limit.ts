/** Of a file, in bytes: a string of the JavaScript engine cannot hold much more than 500 MiB. */
export const SIZE_LIMIT = 400 * 1024 * 1024;
