import { dirname } from "node:path";

export interface FactoryFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Runs with truths that were planted, and what the command line can ask of them. */
export interface Factory {
  readonly name: string;
  readonly files: readonly FactoryFile[];
  /** Flags beside those that every factory is asked with. */
  readonly flags: readonly (readonly string[])[];
  readonly truths: readonly Truth[];
}

/** Fields of an event that are known before any computation. */
export interface Truth {
  /** Selects one event. */
  readonly of: Readonly<Record<string, unknown>>;
  readonly is: Readonly<Record<string, unknown>>;
}

export async function writeFactory(
  folder: string,
  { files }: Pick<Factory, "files">,
): Promise<void> {
  for (const { path, content } of files) {
    const whole = `${folder}/${path}`;
    await Deno.mkdir(dirname(whole), { recursive: true });
    const isText = typeof content === "string";
    const bytes = isText ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(whole, bytes);
  }
}

export async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
