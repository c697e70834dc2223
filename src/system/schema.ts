/** The schema library's small flavour: the same checks, a tenth of the code in the binary. */
export * as z from "zod/mini";
