// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the request of any action of Kinesis or SQS, in any protocol. What passes the validator must have the types
// of its shapes, and must pass again when it is written as JSON or CBOR and read back. The first byte chooses the protocol,
// the second the action.
#include <cstdlib>

#include "core/api/decode.h"
#include "core/api/encode.h"

namespace streamwright::kinesis {
std::string_view shapesText();
}
namespace streamwright::sqs {
std::string_view shapesText();
}

namespace {

using namespace streamwright;
using namespace streamwright::api;

void demand(bool good)
{
    if (!good) std::abort();
}

void write(Writer& out, const Value& value, const Shape& shape)
{
    switch (shape.type) {
    case Shape::Type::Structure:
        out.beginMap();
        for (const Member& member : value.members()) {
            const Shape::Field* field = shape.field(member.name);
            if (!field || member.value.is(Value::Type::Null)) continue;
            out.key(member.name);
            write(out, member.value, *field->shape);
        }
        out.endMap();
        break;
    case Shape::Type::List:
        out.beginList();
        for (const Value& item : value.items())
            write(out, item, *shape.element);
        out.endList();
        break;
    case Shape::Type::Map:
        out.beginMap();
        for (const Member& member : value.members()) {
            out.key(member.name);
            write(out, member.value, *shape.element);
        }
        out.endMap();
        break;
    case Shape::Type::String:
        out.string(value.string());
        break;
    case Shape::Type::Blob:
        out.blob(value.string());
        break;
    case Shape::Type::Integer:
    case Shape::Type::Long:
        out.integer(value.integer());
        break;
    case Shape::Type::Double:
        out.real(value.real());
        break;
    case Shape::Type::Boolean:
        out.boolean(value.boolean());
        break;
    case Shape::Type::Timestamp:
        out.time(value.time());
        break;
    }
}

void readBack(const Value& root, const Shape& shape)
{
    std::string json, cbor, xml;
    write(*jsonWriter(json), root, shape);
    write(*cborWriter(cbor), root, shape);
    write(*xmlWriter(xml, shape), root, shape);
    Document fromJson, fromCbor;
    demand(static_cast<bool>(decodeJson(json, fromJson)));
    demand(!validate(fromJson, shape, Wire::Json));
    demand(static_cast<bool>(decodeCbor(cbor, fromCbor)));
    demand(!validate(fromCbor, shape, Wire::Cbor));
}

std::vector<const Shape*> inputs()
{
    static const ShapeTable kinesis(streamwright::kinesis::shapesText()), sqs(streamwright::sqs::shapesText());
    std::vector<const Shape*> found;
    for (const ShapeTable* table : {&kinesis, &sqs}) {
        for (const auto& [name, shapes] : table->actions())
            if (shapes.input) found.push_back(shapes.input);
    }
    return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::vector<const Shape*> all = inputs();
    if (size < 2) return 0;
    const auto wire = static_cast<Wire>(data[0] % 3);
    const Shape& shape = *all[data[1] % all.size()];
    std::string body(reinterpret_cast<const char*>(data) + 2, size - 2);
    Document document;
    Result<void> decoded;
    switch (wire) {
    case Wire::Json:
        decoded = decodeJson(body, document);
        break;
    case Wire::Cbor:
        decoded = decodeCbor(body, document);
        break;
    case Wire::Query:
        (void)formParameter(body, "Action");
        decoded = decodeQuery(body, shape, document);
        break;
    }
    if (!decoded) return 0;
    const std::optional<ApiError> error = validate(document, shape, wire);
    if (error)
        demand(error->message.size() < 64 * 1024);
    else
        readBack(document.root, shape);
    return 0;
}
