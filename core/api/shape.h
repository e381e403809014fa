// SPDX-License-Identifier: GPL-3.0-or-later
// Shape: what a request's or an answer's member must look like, read from a service's shapes (api/shapes.json, made from the
// service's public API model by tools/api_shapes.py): type, required members, length, pattern, range, enumeration, and the
// names that the query protocol gives it. Immutable; any thread.
//   shapes.json: {"actions": {"PutRecord": {"input": "PutRecordInput", "output": "PutRecordOutput"}, ...},
//                 "shapes": {"StreamName": {"type": "string", "min": 1, "max": 128, "pattern": "..."}, ...},
//                 "faults": {"constraint": "ValidationError"}}
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/error.h"
#include "core/api/value.h"

namespace re2 {
class RE2;
}

namespace streamwright::api {

// The codes that a service gives to faulty requests.
struct Faults {
    std::string constraint = "ValidationException"; // a broken constraint
    // A required member that is missing, in services that name the first one alone ("The request must contain the parameter
    // MessageBody."); empty: it counts as a broken constraint.
    std::string missing, missingQuery;
};

struct Shape {
    enum class Type { Structure, List, Map, String, Blob, Integer, Long, Double, Boolean, Timestamp };
    struct Field {
        std::string name;
        const Shape* shape = nullptr;
        bool required = false;
        std::string queryName; // element or form name where it differs from name; of a flattened list its elements'
        bool flattened = false; // in the query protocol: elements stand beside each other, without a list around them
    };

    std::string name;
    Type type = Type::String;
    std::optional<double> min, max; // length, count or value
    std::string pattern; // as the messages show it
    std::shared_ptr<const re2::RE2> expression; // what the pattern means, in the syntax of RE2; null without one
    std::vector<std::string> values; // of an enumeration
    std::vector<Field> fields; // of a structure
    const Shape *element = nullptr, *keyShape = nullptr; // element: of a list or the values of a map
    std::string elementName, keyName, valueName; // in the query protocol ("member", "key", "value" unless given)
    bool flattened = false;
    const Faults* faults = nullptr; // of the service; never null in a ShapeTable

    const Field* field(std::string_view name) const;
    bool fits(std::string_view text) const; // the pattern; true without one
};

class ShapeTable {
public:
    // Our own data: a faulty text aborts.
    explicit ShapeTable(std::string_view shapesJson);
    ~ShapeTable();

    struct ActionShapes {
        const Shape* input = nullptr; // null: none
        const Shape* output = nullptr;
        std::string resultWrapper; // "SendMessageResult" of the query protocol
    };
    const ActionShapes* find(std::string_view action) const;
    const std::map<std::string, ActionShapes, std::less<>>& actions() const { return actions_; }

private:
    std::unique_ptr<Faults> faults_;
    std::map<std::string, std::unique_ptr<Shape>, std::less<>> shapes_;
    std::map<std::string, ActionShapes, std::less<>> actions_;
};

// How the values came: JSON and CBOR bear types, a query form has only texts.
enum class Wire { Json, Cbor, Query };

// Gives the document's values their shapes' types (in place) and checks them: SerializationException for a value of the
// wrong type, else one ValidationException that lists every broken constraint in the service's form ("2 validation errors
// detected: Value 'x' at 'streamName' failed to satisfy constraint: Member must have length ..."). Unknown members are
// ignored, as the services do.
std::optional<ApiError> validate(Document& document, const Shape& input, Wire wire);

} // namespace streamwright::api
