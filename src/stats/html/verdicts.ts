import type { Tone } from "../../page/status.ts";
import type { MeasurementVerdict } from "../figures.ts";

interface VerdictSign {
  readonly mark: string;
  readonly words: string;
  readonly tone: Tone;
}

export const VERDICTS: Readonly<Record<MeasurementVerdict, VerdictSign>> = {
  capable: { mark: "✓", words: "capable", tone: "good" },
  marginal: { mark: "!", words: "marginal", tone: "warn" },
  "not_capable": { mark: "✗", words: "not capable", tone: "bad" },
  "no_spread": { mark: "–", words: "all values equal", tone: "quiet" },
  "too_few": { mark: "–", words: "fewer than 25 values", tone: "quiet" },
  "no_limits": { mark: "–", words: "no limits", tone: "quiet" },
  "limits_contradict": {
    mark: "!",
    words: "limits contradict each other",
    tone: "warn",
  },
  "limits_vary": { mark: "–", words: "limits of each unit", tone: "quiet" },
  "pass_fail_only": {
    mark: "–",
    words: "passed or failed only",
    tone: "quiet",
  },
};
