export interface Explanation {
  readonly name: string;
}
export const explanations: readonly Explanation[] = [];
