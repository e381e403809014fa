// SPDX-License-Identifier: GPL-3.0-or-later
// A small service's shapes with every type and constraint, for the tests of core/api.
#pragma once

#include "core/api/decode.h"
#include "core/api/shape.h"

namespace streamwright::api {

inline constexpr std::string_view kSomeShapes = R"json({
  "actions": {
    "Put": {"input": "PutInput", "output": "PutOutput", "resultWrapper": "PutResult"},
    "Ping": {}
  },
  "shapes": {
    "PutInput": {"type": "structure", "fields": {
        "StreamName": "Name", "Records": "Records", "Mode": "Mode", "Limit": "Limit", "Count": "Long", "Share": "Double",
        "Since": "Time", "Dry": "Boolean", "Tags": "Tags", "Names": "Names", "Data": "Data", "Nested": "NameLists",
        "Attributes": {"shape": "Attributes", "query": "Attribute", "flattened": true},
        "Entries": {"shape": "Entries", "query": "Entry", "flattened": true}}, "required": ["StreamName"]},
    "PutOutput": {"type": "structure", "fields": {
        "Name": "Name", "Since": "Time", "Share": "Double", "Dry": "Boolean", "Data": "Data", "Count": "Long", "Names": "Names",
        "Tags": "Tags", "Urls": {"shape": "Urls", "query": "Url"},
        "Attributes": {"shape": "Attributes", "query": "Attribute", "flattened": true},
        "Entries": {"shape": "Entries", "query": "Entry", "flattened": true}, "Inner": "Record"}},
    "Name": {"type": "string", "min": 1, "max": 8, "pattern": "[a-zA-Z0-9_.-]+"},
    "Key": {"type": "string", "min": 1, "max": 4},
    "Mode": {"type": "string", "enum": ["ON", "OFF"]},
    "Limit": {"type": "integer", "min": 1, "max": 100},
    "Long": {"type": "long"}, "Double": {"type": "double"}, "Time": {"type": "timestamp"}, "Boolean": {"type": "boolean"},
    "Data": {"type": "blob", "max": 6},
    "Record": {"type": "structure", "fields": {"Data": "Data", "PartitionKey": "Key"}, "required": ["Data", "PartitionKey"]},
    "Records": {"type": "list", "element": "Record", "min": 1, "max": 3},
    "Names": {"type": "list", "element": "Name"},
    "NameLists": {"type": "list", "element": "Names"},
    "Tags": {"type": "map", "key": "Key", "element": "Name", "max": 2},
    "Urls": {"type": "list", "element": "Long", "elementName": "Url", "flattened": true},
    "Attributes": {"type": "map", "key": "Key", "element": "Name", "keyName": "Name", "valueName": "Value"},
    "Entries": {"type": "list", "element": "Record", "elementName": "Entry"}
  }
})json";

inline const ShapeTable& someShapes()
{
    static const ShapeTable table(kSomeShapes);
    return table;
}
inline const Shape& putInput() { return *someShapes().find("Put")->input; }
inline const Shape& putOutput() { return *someShapes().find("Put")->output; }

} // namespace streamwright::api
