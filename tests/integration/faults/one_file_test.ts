import { checkRow } from "./check_row.ts";
import { FAULT_ROWS } from "./rows.ts";

for (const row of FAULT_ROWS) {
  Deno.test(`upload of one file loses nothing and sends nothing twice when StandCloud ${row.name}`, async () => {
    await checkRow(row, { reports: 1 });
  });
}
