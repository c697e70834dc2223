/** Starts pouchdb-server, a CouchDB for tests, with the arguments of this program. */
import "pouchdb-server";
