import { optional } from "../../system/schema.ts";
import {
  type Field,
  infoValue,
  infoValueOrNull,
  mapping,
  status,
  text,
  textOrNull,
  wholeNumberOrNull,
} from "./fields.ts";
