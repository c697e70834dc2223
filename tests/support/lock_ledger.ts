import { DatabaseSync } from "node:sqlite";

/** Another program is in a transaction of its own until this is disposed of. */
export function lockLedger(home: string): Disposable {
  const database = new DatabaseSync(`${home}/ledger.db`);
  database.exec("BEGIN IMMEDIATE");
  return { [Symbol.dispose]: () => database.close() };
}
