import * as oauth from "oauth4webapi";
import {
  signIn,
  type SignInOptions,
  type SignInResult,
} from "../../scripts/sandbox/sign_in.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";

export const client: oauth.Client = { "client_id": "hardpy-report-uploader" };
export const scope = "offline_access authelia.bearer.authz";

/** A login that reached the redirect URI. */
export interface Callback {
  parameters: URLSearchParams;
  page: SignInResult;
}

/** A test stand that talks to the sandbox with a certified OAuth library. */
export class Stand implements Disposable {
  readonly http: Deno.HttpClient;
  readonly sandbox: Sandbox;
  readonly api: string;
  readonly codeVerifier = oauth.generateRandomCodeVerifier();
  readonly state = oauth.generateRandomState();

  constructor(sandbox: Sandbox, options: { http2?: boolean } = {}) {
    this.sandbox = sandbox;
    this.api = `https://${sandbox.address}/hardpy/api/v1`;
    this.http = Deno.createHttpClient({
      caCerts: [sandbox.caPem],
      http2: options.http2 ?? true,
    });
  }

  [Symbol.dispose](): void {
    this.http.close();
  }

  /** A request below the address; a string body is a form unless a content type is given. */
  request(path: string, init: RequestInit = {}): Promise<Response> {
    const url = path.startsWith("https:")
      ? path
      : `https://${this.sandbox.address}${path}`;
    return fetch(url, { redirect: "manual", ...init, client: this.http });
  }

  get options(): { [oauth.customFetch]: typeof fetch } {
    return {
      [oauth.customFetch]: (input, init) =>
        fetch(input, { ...init, client: this.http }),
    };
  }

  async discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.sandbox.issuer);
    const response = await oauth.discoveryRequest(issuer, this.options);
    return await oauth.processDiscoveryResponse(issuer, response);
  }

  async push(
    changes: Record<string, string | undefined> = {},
  ): Promise<Response> {
    const parameters = await this.authorizationParameters(
      "http://127.0.0.1:1/oauth2/callback",
    );
    const form = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) form.delete(name);
      else form.set(name, value);
    }
    const path = "/auth/api/oidc/pushed-authorization-request";
    return await this.request(path, { method: "POST", body: form });
  }

  /** Everything up to the callback; the redirect URI's listener is as small as can be. */
  async authorize(
    options: Partial<SignInOptions> & { parameters?: Record<string, string> } =
      {},
  ): Promise<Callback> {
    const { parameters: extra, ...choices } = options;
    const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
    await using listener = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (request) => {
        const sent = request.method === "POST"
          ? await request.text()
          : new URL(request.url).search;
        resolve(new URLSearchParams(sent));
        return new Response("You may close this page.");
      },
    );
    const server = await this.discover();
    const redirectUri =
      `http://127.0.0.1:${listener.addr.port}/oauth2/callback`;
    const pushed = await oauth.processPushedAuthorizationResponse(
      server,
      client,
      await oauth.pushedAuthorizationRequest(
        server,
        client,
        oauth.None(),
        { ...await this.authorizationParameters(redirectUri), ...extra },
        this.options,
      ),
    );
    const url = new URL(server.authorization_endpoint ?? "");
    url.searchParams.set("client_id", client.client_id);
    url.searchParams.set("request_uri", pushed.request_uri);
    const { caPem } = this.sandbox;
    const page = await signIn(url.href, {
      caPem,
      decision: "accept",
      ...choices,
    });
    if (!page.finalUrl.startsWith(redirectUri)) resolve(new URLSearchParams());
    const parameters = await promise;
    parameters.set("redirect_uri", redirectUri);
    return { parameters, page };
  }

  /** What the user does with the authorization URL in a browser. */
  visit(
    requestUri: string,
    options: Partial<SignInOptions> = {},
  ): Promise<SignInResult> {
    const url = new URL(`${this.sandbox.issuer}/api/oidc/authorization`);
    url.searchParams.set("client_id", client.client_id);
    url.searchParams.set("request_uri", requestUri);
    return signIn(url.href, {
      caPem: this.sandbox.caPem,
      decision: "accept",
      ...options,
    });
  }

  async logIn(
    parameters: Record<string, string> = {},
  ): Promise<oauth.TokenEndpointResponse> {
    const server = await this.discover();
    const callback = await this.authorize({ parameters });
    const redirectUri = callback.parameters.get("redirect_uri") ?? "";
    callback.parameters.delete("redirect_uri");
    const checked = oauth.validateAuthResponse(
      server,
      client,
      callback.parameters,
      this.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      checked,
      redirectUri,
      this.codeVerifier,
      this.options,
    );
    return await oauth.processAuthorizationCodeResponse(
      server,
      client,
      response,
    );
  }

  refresh(
    refreshToken = "",
    changes: Record<string, string> = {},
  ): Promise<Response> {
    const form = new URLSearchParams({
      "grant_type": "refresh_token",
      "client_id": client.client_id,
      "refresh_token": refreshToken,
      ...changes,
    });
    return this.request("/auth/api/oidc/token", { method: "POST", body: form });
  }

  revoke(token = "", hint = "refresh_token"): Promise<Response> {
    const form = new URLSearchParams({
      token,
      "token_type_hint": hint,
      ...client as object,
    });
    return this.request("/auth/api/oidc/revocation", {
      method: "POST",
      body: form,
    });
  }

  /** The status of a health check with the token; the answer's body is dropped. */
  async healthStatus(accessToken: string): Promise<number> {
    const headers = {
      accept: "application/json",
      authorization: `Bearer ${accessToken}`,
    };
    const response = await this.request(`${this.api}/healthcheck`, { headers });
    await response.body?.cancel();
    return response.status;
  }

  private async authorizationParameters(
    redirectUri: string,
  ): Promise<Record<string, string>> {
    return {
      "client_id": client.client_id,
      "response_type": "code",
      "redirect_uri": redirectUri,
      "code_challenge": await oauth.calculatePKCECodeChallenge(
        this.codeVerifier,
      ),
      "code_challenge_method": "S256",
      scope,
      state: this.state,
      audience: this.api,
    };
  }
}
