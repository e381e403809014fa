// SPDX-License-Identifier: GPL-3.0-or-later
// Field: one property of a node kind or of an edge, described by data. From it come checking, defaults, the JSON Schema,
// the inspector's editor and the help text. Immutable after reading; any thread.
//
// In a kind's JSON:
//   {"name": "ShardCount", "type": "integer", "default": 1, "minimum": 1, "maximum": 10000,
//    "unit": "Count", "live": true, "help": "Shards of a provisioned stream.", "rule": "A stream has 1 to 10,000 shards."}
//   type       integer | number | string | boolean | object | list | map | any
//   default    the value when absent; without one the property is absent unless "required": true
//   minimum, maximum                  numbers; for strings and lists the length
//   enum       the values allowed     pattern   ECMAScript regular expression the whole string must match
//   fields     of an object           items     the field (without name) of a list's items or a map's values
//   shorthand  of an object: the name of the member that a bare string stands for ("Sine" = {"Type": "Sine"})
//   when       {"Type": ["Ramp"]}: may be given only if the sibling has one of these values
//   unit       Seconds, Milliseconds, Hours, Bytes, MiB, Count, Count/Second, Percent ... (CloudWatch's words)
//   live       an edit takes effect while running (default true)
//   rule       the service's rule, added to the message when a bound is broken
//   editor     a hint to the inspector: file, code, duration
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace streamwright {

struct Field {
    enum class Type { Integer, Number, String, Boolean, Object, List, Map, Any };

    std::string name;
    Type type = Type::Any;
    std::optional<Json> defaultValue;
    bool required = false;
    bool live = true;
    std::optional<double> minimum, maximum;
    std::vector<Json> allowed; // enum
    std::string pattern;
    std::vector<Field> fields; // Object
    std::vector<Field> items; // List, Map: exactly one
    std::string shorthand;
    std::map<std::string, std::vector<Json>> when;
    std::string unit, help, rule, editor;
};

// Reads "fields"; the place of a problem is the JSON pointer below description.
Result<std::vector<Field>> readFields(const Json& description);

// Checks properties against the fields. Every problem is reported, its place the JSON pointer below properties
// ("/PartitionKeys/Skew"). Unknown members are problems too, with the nearest known name.
std::vector<Problem> checkProperties(const std::vector<Field>& fields, const Json& properties);

// The properties with shorthands written out and defaults filled in (also inside objects); only for checked properties.
Json completeProperties(const std::vector<Field>& fields, const Json& properties);

// An edit while running: a problem for every property that differs between the complete properties before and after, but
// takes effect at a start only ("live": false).
std::vector<Problem> checkLiveEdit(const std::vector<Field>& fields, const Json& before, const Json& after);

// The fields as a JSON Schema (draft 2020-12) object.
Json fieldsSchema(const std::vector<Field>& fields);

} // namespace streamwright
