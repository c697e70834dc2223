import type * as statsEvents from "./stats_events.ts";
import type * as stats from "../../stats/events.ts";
import type { HealthEvent } from "../../inspect/health/health_text.ts";
import type * as inspect from "./inspect_events.ts";
import type * as login from "./login_events.ts";
import type * as run from "./run_events.ts";

/**
 * One object of the `--json` stream. docs/events.schema.json is made from these
 * types and their comments.
 */
export type Event =
  | HealthEvent
  | inspect.CheckItemEvent
  | inspect.DeviceEvent
  | inspect.DoctorSummaryEvent
  | inspect.FailedCaseEvent
  | inspect.RowSummaryEvent
  | inspect.TestRunEvent
  | login.AuthorizationUrlEvent
  | login.CheckEvent
  | login.CompletionsEvent
  | login.DeviceCodeEvent
  | login.ErrorEvent
  | login.HandedOverEvent
  | login.KeyEvent
  | login.LoggedInEvent
  | login.LoggedOutEvent
  | login.StatusEvent
  | login.StatusSummaryEvent
  | login.VersionEvent
  | run.BundleEvent
  | run.ForgetSummaryEvent
  | run.ForgottenEvent
  | run.HistoryEvent
  | run.HistorySummaryEvent
  | run.ImportedEvent
  | run.ImportSummaryEvent
  | inspect.PageEvent
  | run.PausedEvent
  | run.ReceiptsEvent
  | run.ReportEvent
  | run.ResumedEvent
  | inspect.RuleEvent
  | inspect.RunEvent
  | run.UploadSummaryEvent
  | run.ValidationSummaryEvent
  | statsEvents.TableEvent
  | statsEvents.ExplanationEvent
  | run.WatchingEvent
  | stats.StatisticsEvent;
