/** What a number of `stats` means. Each text is in whole sentences. */
export interface Explanation {
  /** As in the JSON events; further names of the same number follow. */
  readonly names: readonly [string, ...string[]];
  readonly meaning: string;
  readonly computed: string;
  /** Where the definition comes from. */
  readonly source: string;
}

export const OWN = "standcloud's own definition";
export const WATS = 'WATS, "Understanding Yield Metrics" (pyWATS)';
export const TOFUPILOT = 'TofuPilot, "Yield Analytics"';
export const NIST_CAPABILITY = "NIST/SEMATECH e-Handbook 6.1.6";
