import { parseArgs } from "node:util";
import { CookieJar } from "./cookies.ts";
import { firstForm, type Form } from "./forms.ts";

/** Who signs in, and what they decide. One of `caFile` and `caPem` is needed. */
export interface SignInOptions {
  caFile?: string;
  caPem?: string;
  decision: "accept" | "deny";
  user?: string;
  password?: string;
  signal?: AbortSignal;
  /** Done while the consent page is open. */
  beforeDecision?: () => void;
  /** A redirect to a URL that begins so is not followed: the browser cannot reach it. */
  stopAt?: string;
}

/** The page on which the sign-in ended. */
export interface SignInResult {
  status: number;
  body: string;
  finalUrl: string;
}

/** More than the longest sign-in takes, against pages that lead in a circle. */
const maximalSteps = 20;

/**
 * Follows an authorization URL as a user with a browser would: signs in, presses Accept or Deny,
 * and calls the redirect URI. Ends at the first page that has no form to fill, or that refuses the
 * password.
 */
export async function signIn(
  url: string,
  options: SignInOptions,
): Promise<SignInResult> {
  const caPem = options.caPem ?? await Deno.readTextFile(options.caFile ?? "");
  using client = Deno.createHttpClient({ caCerts: [caPem] });
  const visit = createVisitor(new URL(url).origin, {
    client,
    signal: options.signal ?? null,
  });
  let step: Step = { url };
  let passwordTried = false;
  for (let count = 0; count < maximalSteps; count++) {
    const response = await visit(step);
    const body = await response.text();
    const location = response.headers.get("location");
    if (location !== null) {
      step = { url: new URL(location, step.url).href };
      if (options.stopAt !== undefined && step.url.startsWith(options.stopAt)) {
        return { status: response.status, body, finalUrl: step.url };
      }
      continue;
    }
    const result = { status: response.status, body, finalUrl: step.url };
    const form = firstForm(body);
    const filled = form && fill(form, options);
    if (form === undefined || filled === undefined) return result;
    if (filled.has("password")) {
      if (passwordTried) return result;
      passwordTried = true;
    }
    if (filled.has("decision")) options.beforeDecision?.();
    step = { url: new URL(form.action, step.url).href, form: filled };
  }
  throw new Error(`The sign-in did not end after ${maximalSteps} pages`);
}

/** One request of the browser; with a form it is a POST. */
interface Step {
  url: string;
  form?: URLSearchParams;
}

/** Requests pages; cookies go to the origin of the sign-in only. */
function createVisitor(
  origin: string,
  { client, signal }: { client: Deno.HttpClient; signal: AbortSignal | null },
): (step: Step) => Promise<Response> {
  const jar = new CookieJar();
  return async ({ url, form }) => {
    const { origin: target, pathname } = new URL(url);
    const headers = new Headers({
      accept: "text/html,application/xhtml+xml,*/*;q=0.8",
    });
    if (target === origin) headers.set("cookie", jar.header(pathname));
    const method = form ? "POST" : "GET";
    const body = form ?? null;
    const init = {
      method,
      headers,
      body,
      redirect: "manual",
      client,
      signal,
    } as const;
    const response = await fetch(url, init);
    if (target === origin) jar.store(response.headers);
    return response;
  };
}

/** The values to send; undefined when the form asks for something that we cannot know. */
function fill(form: Form, options: SignInOptions): URLSearchParams | undefined {
  const known: Record<string, string> = {
    username: options.user ?? "demo",
    password: options.password ?? "demo-password",
    decision: options.decision,
  };
  const values = new URLSearchParams(form.hidden);
  for (const name of form.names) {
    if (known[name] === undefined) return undefined;
    values.set(name, known[name]);
  }
  return values;
}

if (import.meta.main) {
  const { positionals: [url = ""], values } = parseArgs({
    allowPositionals: true,
    options: {
      "ca-file": { type: "string", default: "" },
      decision: { type: "string", default: "accept" },
    },
  });
  const decision = values.decision === "deny" ? "deny" : "accept";
  const result = await signIn(url, { caFile: values["ca-file"], decision });
  await Deno.stdout.write(
    new TextEncoder().encode(`${result.status}\n${result.body}\n`),
  );
}
