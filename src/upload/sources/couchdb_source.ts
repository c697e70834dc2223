import type { System } from "../../system/system.ts";
import type { StoredDocument } from "../../sources/couchdb/stored_documents.ts";
import type { CouchdbSource } from "./upload_source.ts";

/** A document of HardPy's CouchDB, which has no time of its last change. */
export function couchdbSource(
  { clock }: Pick<System, "clock">,
  document: StoredDocument,
): CouchdbSource {
  const { name, id, form } = document;
  /** When the version that was read last was seen first. */
  let seen = { version: document.version(), at: 0 };
  return {
    kind: "couchdb",
    name,
    isListed: true,
    isFound: true,
    isRecord: form === "record",
    isHistory: form === "history",
    async read() {
      const content = await document.read();
      const version = document.version();
      if (version !== seen.version) seen = { version, at: clock.monotonic() };
      return content;
    },
    unchangedFor() {
      if (document.isGone()) return Promise.resolve(undefined);
      return Promise.resolve(
        form === "record" ? clock.monotonic() - seen.at : form === "history"
          // Its name is the time of its end.
          ? Math.abs(clock.now().getTime() - Number(id))
          : Infinity,
      );
    },
  };
}
