import { type Explanation, NIST_CAPABILITY, OWN } from "./explanation.ts";

const BISSELL = "Bissell, Applied Statistics 39 (1990) 331";

export const measurementNumbers: readonly Explanation[] = [
  {
    names: ["ppk", "pp"],
    meaning:
      "Long-term capability: how far the mean is from the nearer limit, in units of three standard deviations. It is what the units saw, so it ranks and judges. 1.33 and more is capable, below 1.00 is not.",
    computed:
      "Ppk = min(upper limit - mean, mean - lower limit) / (3 s), of the one limit where there is one. Pp = (upper - lower) / (6 s). s is the standard deviation of all values. From 25 values on; each limit set counts apart.",
    source: `${NIST_CAPABILITY}; Minitab, "Overall capability"`,
  },
  {
    names: ["cpk", "cp"],
    meaning:
      "Short-term capability: what the process could do if stands did not differ and nothing drifted. Far above Ppk: stands differ, or the value drifts.",
    computed: "As Ppk and Pp, with sigma_within in the place of s.",
    source: `${NIST_CAPABILITY}; Minitab, "Potential capability"`,
  },
  {
    names: ["ppk_low", "ppk_high", "cpk_low", "cpk_high"],
    meaning:
      "The 95 % interval of an index. With 25 values it is wide: 1.33 means 0.93 to 1.73.",
    computed:
      "index ± 1.96 · sqrt(1 / (9 n) + index² / (2 (n - 1))). Approximate, for normal values.",
    source: BISSELL,
  },
  {
    names: ["sigma_within"],
    meaning:
      "The short-term spread: from one unit to the next at the same stand.",
    computed:
      "The mean of |x - x before| of successive values of the same stand, all stands together, divided by 1.128. No difference between stands is in it.",
    source: "NIST/SEMATECH e-Handbook 6.3.2.2; Minitab for individuals",
  },
  {
    names: ["n", "missing", "absent"],
    meaning:
      "How many values there are; entries without a value; and runs that list the case without the measurement. Missing and absent values may hide bad units: a case that fails early measures nothing.",
    computed:
      "n: finite numbers, or texts. missing: null, NaN or Infinity. absent: runs of the sample that list the case but not this measurement, whatever its limits.",
    source: OWN,
  },
  {
    names: ["unjudged"],
    meaning: "Entries without a result: HardPy did not compare them.",
    computed: "Entries whose result is neither true nor false.",
    source: OWN,
  },
  {
    names: ["outside"],
    meaning: "Values that break their own limits, whatever the result says.",
    computed:
      "Each value is compared by its own operation and limits. Without an operation: lower ≤ value ≤ upper. A limit that is missing allows all.",
    source: OWN,
  },
  {
    names: ["mean", "median", "min", "max", "stdev"],
    meaning:
      "The place and the spread of the values. A median far from the mean points to outliers or to a skewed value.",
    computed:
      "stdev is the sample standard deviation (n - 1), in two passes with compensated sums. The median of two middle values is their mean.",
    source: "NIST/SEMATECH e-Handbook 1.3.5",
  },
  {
    names: [
      "verdict",
      ...["capable", "marginal", "not_capable", "too_few", "no_spread"],
      ...["pass_fail_only", "no_limits", "limits_contradict"],
    ],
    meaning:
      "The judgement of the capability, or the reason why there is none.",
    computed:
      "The first that holds: pass_fail_only (eq, ne, outside limits, texts), limits_vary (more than 20 limit sets), no_limits, limits_contradict, too_few (n below 25), no_spread (s = 0); else by Ppk capable (from 1.33), marginal (from 1.00), not_capable.",
    source: OWN,
  },
  {
    names: ["limits", "limit_set", "limit_sets"],
    meaning:
      "The limits that the values are compared with. Limit sets are never pooled: each has its own row, and 1 is the newest.",
    computed:
      "A limit set is operation, lower, upper and comparison; for eq and ne only the operation.",
    source: OWN,
  },
  {
    names: [
      "worst_pair",
      "difference",
      "median_difference",
      "t",
      "agrees",
      "share_of_tolerance",
    ],
    meaning:
      "The two stands that differ most. A signal says that they differ, not which is right, nor that they had the same units.",
    computed:
      "Of the stands with 25 values or more: highest mean against lowest. t = difference / sqrt(s1²/n1 + s2²/n2). agrees: the medians differ the same way by at least half as much. signal: agrees, difference above 0, and t is 4 or more, or no stand has any spread. share_of_tolerance = difference / (upper - lower).",
    source: "Welch's t; the threshold of 4 is standcloud's own",
  },
  {
    names: [
      "drift",
      "beyond_3_sigma",
      "eight_one_side",
      "six_trending",
      "centre",
      "sigma",
      ...["first_index", "longest", "longest_from", "longest_side"],
    ],
    meaning:
      "Signs that the values of a stand change with time. A sign is a point beyond 3 sigma, or eight in a row on one side of the mean. Six in a row that rise or fall are one, too.",
    computed:
      "For each limit set and stand with 25 values or more: centre = mean, sigma = mean moving range / 1.128 of this stand. Closer than 1e-6 sigma to a line is on it. first_index, from 1, is the first point at which the rule fires. longest is the longest row of points, longest_from the time of its first. Only signals are shown as text.",
    source:
      "Western Electric (1956); Nelson, J. Quality Technology 16 (1984) 237; NIST/SEMATECH e-Handbook 6.3.2",
  },
  {
    names: ["chance", "signal"],
    meaning:
      "How probable a row or a number of points is in a steady process. In long series rules fire by accident, so a signal needs a chance below 0.001.",
    computed:
      "k points beyond 3 sigma, m = 0.0027 n: e^(k - m) (m / k)^k if k is above m. Longest row r on a side with the share q of the points: 2 (n - r + 1) q^r. Trend of r points: 2 (n - r + 1) / r!. Never above 1.",
    source: `Upper bounds; ${OWN}`,
  },
];
