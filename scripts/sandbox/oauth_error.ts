/** An OAuth error answer (RFC 6749, section 5.2). */
export interface OAuthError {
  error: string;
  "error_description": string;
}
