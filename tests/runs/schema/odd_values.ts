/** JSON values that people, scripts and other versions put where something else belongs. */
export const ODD_VALUES: readonly string[] = [
  ...["null", "true", "false", "[]", "{}", '[1,"a"]', '{"a":1}', "[[]]"],
  ...["0", "1", "-3", "12", "1.5", "3.0", "-0.0", "1e3", "1e-400", "1e400"],
  ...["9007199254740993", "18446744073709551616", "1e19", "9.2e18"],
  ...["123456789012345678901234567890", "1.00000000000000000001"],
  ...['""', '" "', '"1"', '"0"', '"12"', '" 12 "', '"+12"', '"012"', '"1_000"'],
  ...['"1.0"', '"1.5"', '".5"', '"5."', '"1e5"', '"1_0.5"', '"-1.5e-3"'],
  ...[
    '"9007199254740993"',
    '"true"',
    '"yes"',
    '"0-3"',
    '"0__5"',
    '"OFF"',
    '"nan"',
    '"inf"',
  ],
  ...['"passed"', '"PASSED"', '"main"', '"eq"', '"numeric"', '"line"', '"V"'],
  ...[
    '"current"',
    '"abc"',
    '"\\u00e4\\ud83d\\ude00"',
    '"\\ud800"',
    '"a\\u0000b"',
  ],
  ...["huge text 5000", "huge list 300", "huge number 5000", "huge depth 1500"],
];

/** Keys that belong somewhere else, or nowhere. */
export const ODD_KEYS: readonly string[] = [
  ...["foo", "", "__proto__", "constructor", "toString", "Status", "NAME"],
  ...["rev", "id", "_rev", "_id", "progress", "schema_version", "dialog_box"],
  ...["group", "process", "user", "number", "attempt", "chart", "measurements"],
  ...["artifact", "info", "drivers", "instruments", "sub_units", "part_number"],
  ...["serial_number", "revision", "type", "unit", "casesensitive", "value"],
  ...["comparison_value", "lower_limit", "upper_limit", "operation", "result"],
];
