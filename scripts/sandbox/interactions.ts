import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { consentPage, messagePage, pageHeaders, signInPage } from "./pages.ts";
import type { AuthorizationProvider, Interaction } from "./provider.ts";
import { clientName } from "./provider_configuration.ts";
import type { State } from "./state.ts";

/** What the sign-in and consent pages work with. */
export interface InteractionServices {
  provider: AuthorizationProvider;
  state: State;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  interaction: Interaction;
}

/** Serves the sign-in and the consent page, and takes their forms. */
export async function handleInteraction(
  request: IncomingMessage,
  response: ServerResponse,
  services: InteractionServices,
): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await services.provider.interactionDetails(request, response);
  } catch {
    return send(
      response,
      messagePage("Error", "This sign-in has expired."),
      400,
    );
  }
  const exchange = { request, response, path: request.url ?? "", interaction };
  const form = request.method === "POST"
    ? new URLSearchParams(await text(request))
    : undefined;
  if (interaction.prompt.name === "login") {
    await signIn(exchange, services, form);
  } else await consent(exchange, services, form);
}

async function signIn(
  { request, response, path }: Exchange,
  { provider, state: { user } }: InteractionServices,
  form?: URLSearchParams,
): Promise<void> {
  if (form === undefined) return send(response, signInPage({ action: path }));
  if (
    form.get("username") !== user.name || form.get("password") !== user.password
  ) {
    const error = "Incorrect username or password.";
    return send(response, signInPage({ action: path, error }), 401);
  }
  const login = { accountId: user.name };
  await provider.interactionFinished(request, response, { login });
}

async function consent(
  exchange: Exchange,
  services: InteractionServices,
  form?: URLSearchParams,
): Promise<void> {
  const { request, response, path, interaction } = exchange;
  const { provider, state } = services;
  const decision = form?.get("decision");
  const problem = state.pushedRequests.problemAtAccept(
    interaction.params["state"],
  );
  if (decision === "accept" && problem !== undefined) {
    await provider.interactionFinished(request, response, { ...problem });
  } else if (decision === "accept") {
    const grantId = await saveGrant(interaction, services);
    await provider.interactionFinished(request, response, {
      consent: { grantId },
    });
  } else if (decision === "deny") {
    await provider.interactionFinished(request, response, {
      error: "access_denied",
      "error_description": "The resource owner denied the request.",
    });
  } else {
    const { params } = interaction;
    send(
      response,
      consentPage(path, {
        user: state.user.name,
        clientId: params["client_id"] ?? "",
        clientName,
        scopes: params["scope"]?.split(" ") ?? [],
      }),
    );
  }
}

async function saveGrant(
  { params, session }: Interaction,
  { provider, state: { store, user, deviceAudience } }: InteractionServices,
): Promise<string> {
  const grant = new provider.Grant({
    accountId: session?.accountId ?? user.name,
    clientId: params["client_id"] ?? "",
  });
  grant.addOIDCScope(params["scope"] ?? "");
  const grantId = await grant.save();
  // A device authorization has no redirect URI; Authelia 4.39 drops its audience.
  const isDevice = params["redirect_uri"] === undefined;
  const keepsAudience = !isDevice || deviceAudience === "granted";
  if (keepsAudience && params["audience"] !== undefined) {
    store.audiences.set(grantId, params["audience"]);
  }
  return grantId;
}

function send(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, pageHeaders).end(body);
}
