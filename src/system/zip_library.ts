import { configure } from "@zip.js/zip.js";

/**
 * The library for ZIP files, in the flavour that leaves compressing to the
 * runtime. Named one by one, so that the bundler leaves the rest out.
 */
export {
  type FileEntry,
  Reader,
  Uint8ArrayReader,
  ZipReader,
  ZipWriter,
} from "@zip.js/zip.js";

// The compiled program has no file that a worker could load.
configure({ useWebWorkers: false });
