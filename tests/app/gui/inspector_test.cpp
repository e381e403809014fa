// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/list_editor.h"
#include "app/gui/inspector/name_label.h"
#include "app/gui/inspector/object_editor.h"
#include "app/gui/inspector/text_editor.h"
#include "tests/app/gui/form_fixture.h"

namespace streamwright::gui {

using InspectorTest = FormTest;

TEST_F(InspectorTest, SaysWhatToDoWhenNothingIsSelected)
{
    EXPECT_TRUE(at<QLabel>("inspectorHint")->isVisible());
    EXPECT_TRUE(at<QLabel>("inspectorHint")->text().contains("Select a node"));
}

TEST_F(InspectorTest, WhatIsTypedReachesTheDocumentAndOneEditingIsOneStep)
{
    add("website", "Local::Producer");
    auto* rate = field<QLineEdit>("website", "/RecordsPerSecond");
    ASSERT_TRUE(rate);
    EXPECT_EQ(rate->placeholderText(), "100") << "the default";
    EXPECT_TRUE(rate->text().isEmpty());
    type(rate, "1500");
    EXPECT_EQ(properties("website"), R"({"RecordsPerSecond":1500})");
    QTest::keyClick(rate, Qt::Key_Return);
    EXPECT_EQ(rate->text(), "1,500");
    bench.document.undo();
    EXPECT_EQ(properties("website"), "{}");
    EXPECT_TRUE(rate->text().isEmpty());
    EXPECT_EQ(at<QLineEdit>("field:/RecordsPerSecond"), rate) << "the form is not made anew";
}

TEST_F(InspectorTest, AnUndoElsewhereLeavesCursorAndFocus)
{
    add("clicks", "AWS::Kinesis::Stream", R"({"Name": "abcdef"})");
    auto* name = field<QLineEdit>("clicks", "/Name");
    name->setCursorPosition(3);
    QTest::keyClicks(name, "X");
    bench.document.endGesture();
    bench.document.edit("Elsewhere", [](Pipeline& pipeline) { pipeline.name = "other"; });
    EXPECT_EQ(name->cursorPosition(), 4);
    bench.document.undo();
    bench.document.undo();
    EXPECT_EQ(name->text(), "abcdef");
    EXPECT_EQ(name->cursorPosition(), 4);
    EXPECT_EQ(panel.focusWidget(), name);
}

TEST_F(InspectorTest, ABrokenRuleIsToldAndTheValueNotTaken)
{
    add("clicks", "AWS::Kinesis::Stream", R"({"ShardCount": 2})");
    auto* shards = field<QLineEdit>("clicks", "/ShardCount");
    type(shards, "20000");
    EXPECT_EQ(shards->text(), "20000") << "what was typed stays";
    EXPECT_TRUE(errorAt("/ShardCount").contains("at most 10000")) << errorAt("/ShardCount").toStdString();
    EXPECT_TRUE(errorAt("/ShardCount").contains("half or double")) << "the rule";
    EXPECT_EQ(properties("clicks"), R"({"ShardCount":2000})") << "the last value that was good";
    QTest::keyClick(shards, Qt::Key_Backspace);
    EXPECT_EQ(errorAt("/ShardCount"), "");
    EXPECT_EQ(properties("clicks"), R"({"ShardCount":2000})");
    type(shards, "many");
    EXPECT_TRUE(errorAt("/ShardCount").contains("not a number"));
    QTest::keyClick(shards, Qt::Key_Escape);
    EXPECT_EQ(errorAt("/ShardCount"), "");
}

TEST_F(InspectorTest, DurationsAndSizesAreUnderstoodInWords)
{
    add("queue", "AWS::SQS::Queue");
    type(field<QLineEdit>("queue", "/VisibilityTimeout"), "1h30m");
    EXPECT_EQ(properties("queue"), R"({"VisibilityTimeout":5400})");
    auto* size = field<LineField>("queue", "/MaximumMessageSize");
    type(size, "256 KiB");
    EXPECT_EQ(properties("queue"), R"({"VisibilityTimeout":5400,"MaximumMessageSize":262144})");
    EXPECT_TRUE(size->note().contains("256 KiB"));
}

TEST_F(InspectorTest, ResetTakesTheValueOut)
{
    add("clicks", "AWS::Kinesis::Stream", R"({"ShardCount": 2, "RetentionPeriodHours": 48})");
    field("clicks", "/ShardCount");
    EXPECT_FALSE(at<QToolButton>("reset:/Name")->isVisible()) << "nothing to reset";
    QTest::mouseClick(at<QToolButton>("reset:/ShardCount"), Qt::LeftButton);
    EXPECT_EQ(properties("clicks"), R"({"RetentionPeriodHours":48})");
    EXPECT_FALSE(at<QToolButton>("reset:/ShardCount")->isVisible());
}

TEST_F(InspectorTest, FieldsWithoutAMeaningAreHiddenAndGo)
{
    add("website", "Local::Producer", R"({"Pattern": "Constant"})");
    auto* type = field<QComboBox>("website", "/Pattern/Type");
    ASSERT_TRUE(type);
    EXPECT_FALSE(at("row:/Pattern/ToRecordsPerSecond")->isVisible());
    type->setFocus();
    QTest::keyClick(type, Qt::Key_Down);
    ASSERT_EQ(type->currentText(), "Ramp");
    EXPECT_EQ(properties("website"), R"({"Pattern":"Ramp"})") << "the shorthand stays";
    EXPECT_TRUE(at("row:/Pattern/ToRecordsPerSecond")->isVisible());
    this->type(field<QLineEdit>("website", "/Pattern/ToRecordsPerSecond"), "7");
    EXPECT_EQ(properties("website"), R"({"Pattern":{"Type":"Ramp","ToRecordsPerSecond":7}})");
    QTest::keyClick(type, Qt::Key_Down);
    EXPECT_EQ(properties("website"), R"({"Pattern":{"Type":"Sine"}})");
    EXPECT_TRUE(at("row:/Pattern/AmplitudeShare")->isVisible());
}

TEST_F(InspectorTest, ASliderTurnsARate)
{
    add("website", "Local::Producer", R"({"RecordsPerSecond": 10})");
    field("website", "/RecordsPerSecond");
    auto* slider = at<QSlider>("slider:/RecordsPerSecond");
    ASSERT_TRUE(slider);
    const int before = slider->value();
    QTest::keyClick(slider, Qt::Key_PageUp);
    EXPECT_GT(slider->value(), before);
    EXPECT_GT(bench.document.pipeline().nodes[0].properties["RecordsPerSecond"].get<double>(), 10);
    QTest::keyClick(slider, Qt::Key_End);
    EXPECT_EQ(properties("website"), R"({"RecordsPerSecond":10000000})");
}

TEST_F(InspectorTest, ListsAreAddedToMovedAndShortened)
{
    add("bucket", "AWS::S3::Bucket");
    auto* add = field<QToolButton>("bucket", "/Faults");
    QTest::mouseClick(add, Qt::LeftButton);
    QTest::mouseClick(add, Qt::LeftButton);
    EXPECT_EQ(properties("bucket"), R"({"Faults":[{"Type":"Fail","ForSeconds":0},{"Type":"Fail","ForSeconds":0}]})");
    type(field<QLineEdit>("bucket", "/Faults/1/ForSeconds"), "2 min");
    QTest::mouseClick(at<QToolButton>("up:/Faults/1"), Qt::LeftButton);
    EXPECT_EQ(properties("bucket"), R"({"Faults":[{"Type":"Fail","ForSeconds":120},{"Type":"Fail","ForSeconds":0}]})");
    EXPECT_FALSE(at<QToolButton>("up:/Faults/0")->isEnabled());
    QTest::mouseClick(at<QToolButton>("remove:/Faults/1"), Qt::LeftButton);
    QTest::mouseClick(at<QToolButton>("remove:/Faults/0"), Qt::LeftButton);
    EXPECT_EQ(properties("bucket"), "{}");
}

TEST_F(InspectorTest, MapsHaveKeysThatAreUnique)
{
    const std::vector<Field> fields =
        *readFields(*parseJson(R"([{"name": "Tags", "type": "map", "items": {"type": "string"}, "help": "Labels."}])"));
    FormContext context;
    ListEditor editor(fields[0], "/Tags", context, nullptr);
    std::vector<std::pair<QString, std::optional<Json>>> told;
    QObject::connect(&editor, &ValueEditor::edited, [&](const QString& pointer, const std::optional<Json>& value) {
        told.emplace_back(pointer, value);
    });
    const Json value = {{"a", "1"}, {"b", "2"}};
    editor.showValues({&value});
    editor.show();
    auto* key = editor.findChild<QLineEdit*>("key:/Tags/0");
    key->setFocus();
    key->selectAll();
    QTest::keyClicks(key, "b");
    QTest::keyClick(key, Qt::Key_Return);
    EXPECT_TRUE(told.empty()) << "there is a b";
    key->selectAll();
    QTest::keyClicks(key, "c");
    QTest::keyClick(key, Qt::Key_Return);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].second->dump(), R"({"c":"1","b":"2"})");
    QTest::keyClicks(editor.findChild<QLineEdit*>("field:/Tags/1"), "5");
    EXPECT_EQ(told.back().first, "/b");
}

TEST_F(InspectorTest, JsonIsCheckedWhileItIsTyped)
{
    add("website", "Local::Producer");
    auto* code = field<QPlainTextEdit>("website", "/Template");
    QTest::keyClicks(code, R"({"user": "{{key}}")");
    EXPECT_TRUE(errorAt("/Template").contains("not JSON"));
    EXPECT_EQ(properties("website"), "{}");
    QTest::keyClicks(code, "}");
    EXPECT_EQ(errorAt("/Template"), "");
    EXPECT_EQ(properties("website"), R"({"Template":{"user":"{{key}}"}})");
}

TEST_F(InspectorTest, ATimeMayBeWrittenWithoutQuotes)
{
    add("worker", "Local::Consumer");
    auto* until = field<QPlainTextEdit>("worker", "/PausedUntil");
    QTest::keyClicks(until, "60");
    EXPECT_EQ(properties("worker"), R"({"PausedUntil":60})");
    until->selectAll();
    QTest::keyClicks(until, "2026-01-01T06:00:00Z");
    EXPECT_EQ(properties("worker"), R"({"PausedUntil":"2026-01-01T06:00:00Z"})");
}

TEST_F(InspectorTest, SeveralOfOneKindAreEditedTogether)
{
    panel.resize(300, 250); // too low for the form
    add("a", "AWS::Kinesis::Stream", R"({"ShardCount": 1})");
    add("b", "AWS::Kinesis::Stream", R"({"ShardCount": 2})");
    add("c", "AWS::SQS::Queue");
    bench.selection.set({{"a", "b"}, {}, {}, {}});
    auto* shards = at<QLineEdit>("field:/ShardCount");
    ASSERT_TRUE(waitFor([&] { return at<QScrollArea>("inspectorScroll")->verticalScrollBar()->isVisible(); }));
    EXPECT_EQ(shards->placeholderText(), "various");
    type(shards, "8");
    EXPECT_EQ(properties("a"), R"({"ShardCount":8})");
    EXPECT_EQ(properties("b"), R"({"ShardCount":8})");
    bench.document.undo();
    EXPECT_EQ(properties("b"), R"({"ShardCount":2})") << "one step for both";
    bench.selection.set({{"a", "c"}, {}, {}, {}});
    EXPECT_FALSE(at("field:/ShardCount"));
    EXPECT_TRUE(at<QLabel>("inspectorHint")->text().contains("different kinds"));
    EXPECT_TRUE(waitFor([&] { return !at<QScrollArea>("inspectorScroll")->verticalScrollBar()->isVisible(); }))
        << "of the form before";
}

TEST_F(InspectorTest, EdgesShowThePropertiesOfTheirPort)
{
    add("clicks", "AWS::Kinesis::Stream");
    add("worker", "Local::Consumer");
    join("clicks", "out", "worker", "in");
    bench.selection.selectEdge("clicks.out>worker.in");
    auto* fanOut = at<QCheckBox>("field:/EnhancedFanOut");
    ASSERT_TRUE(fanOut);
    QTest::keyClick(fanOut, Qt::Key_Space);
    EXPECT_EQ(bench.document.pipeline().edges[0].properties.dump(), R"({"EnhancedFanOut":true})");
    QTest::keyClick(fanOut, Qt::Key_Space);
    EXPECT_EQ(bench.document.pipeline().edges[0].properties.dump(), "{}") << "the default is not written";
}

TEST_F(InspectorTest, ThePipelineItselfHasAForm)
{
    type(at<QLineEdit>("field:/Name"), "orders");
    type(at<QLineEdit>("field:/Run for"), "15m");
    type(at<QLineEdit>("field:/Seed"), "7");
    QTest::keyClicks(at<QPlainTextEdit>("field:/Description"), "Two lines");
    const Pipeline& pipeline = bench.document.pipeline();
    EXPECT_EQ(pipeline.name, "orders");
    EXPECT_EQ(pipeline.description, "Two lines");
    EXPECT_EQ(pipeline.runFor, seconds(900));
    EXPECT_EQ(pipeline.seed, 7u);
}

TEST_F(InspectorTest, TheNameIsChangedInTheHeader)
{
    add("clicks", "AWS::Kinesis::Stream");
    add("worker", "Local::Consumer");
    join("clicks", "out", "worker", "in");
    bench.selection.selectNode("clicks");
    auto* id = at<QLineEdit>("inspectorId");
    EXPECT_EQ(id->text(), "clicks");
    type(id, "worker");
    EXPECT_TRUE(at<QLabel>("inspectorIdProblem")->isVisible()) << "there is one of that name";
    QTest::keyClick(id, Qt::Key_Return);
    EXPECT_TRUE(bench.document.pipeline().node("clicks"));
    type(id, "events");
    QTest::keyClick(id, Qt::Key_Return);
    EXPECT_FALSE(bench.document.pipeline().node("clicks"));
    EXPECT_EQ(bench.document.pipeline().edges[0].fromNode, "events");
    EXPECT_TRUE(bench.selection.get().nodes.contains("events"));
    bench.document.undo();
    EXPECT_TRUE(bench.document.pipeline().node("clicks"));
}

TEST_F(InspectorTest, ANodeIsDisabledInTheHeader)
{
    add("clicks", "AWS::Kinesis::Stream");
    bench.selection.selectNode("clicks");
    QTest::mouseClick(at<QCheckBox>("inspectorEnabled"), Qt::LeftButton, {}, QPoint(8, 8));
    EXPECT_TRUE(bench.document.pipeline().node("clicks")->disabled);
}

TEST_F(InspectorTest, WhatTheKindDoesNotKnowIsShownAndCanBeTakenOut)
{
    add("clicks", "AWS::Kinesis::Stream", R"({"ShardCuont": 3})");
    bench.selection.selectNode("clicks");
    EXPECT_TRUE(errorAt("/ShardCuont").contains("did you mean ShardCount"));
    QTest::mouseClick(at<QToolButton>("reset:/ShardCuont"), Qt::LeftButton);
    EXPECT_EQ(properties("clicks"), "{}");
    add("odd", "Foo::Bar", R"({"A": {"B": 1}})");
    bench.selection.selectNode("odd");
    EXPECT_TRUE(at<QLabel>("inspectorHint")->text().contains("Foo::Bar"));
    EXPECT_TRUE(at<QPlainTextEdit>("field:/A")->toPlainText().contains("\"B\": 1"));
}

TEST_F(InspectorTest, WhatIsRequiredIsToldAtItsField)
{
    add("file", "Local::FileSource");
    bench.selection.selectNode("file");
    EXPECT_EQ(errorAt("/Path"), "Path is required.");
    EXPECT_EQ(relativeToFolder("/data/p/sets/a.csv", "/data/p"), "sets/a.csv");
    EXPECT_EQ(relativeToFolder("/data/b.csv", "/data/p"), "../b.csv");
    EXPECT_EQ(relativeToFolder("/elsewhere/b.csv", "/data/p/q/r"), "/elsewhere/b.csv");
}

TEST_F(InspectorTest, HelpUnfoldsBelowTheField)
{
    add("clicks", "AWS::Kinesis::Stream");
    bench.selection.selectNode("clicks");
    QTest::mouseClick(at<QToolButton>("help:/ShardCount"), Qt::LeftButton);
    EXPECT_TRUE(at<QLabel>("helpText:/ShardCount")->text().contains("Open shards"));
    QString asked;
    QObject::connect(&bench, &Workbench::helpWanted, [&](const QString& kind) { asked = kind; });
    QTest::mouseClick(at<QToolButton>("inspectorHelp"), Qt::LeftButton);
    EXPECT_EQ(asked, "AWS::Kinesis::Stream");
}

TEST_F(InspectorTest, LongNamesAreShownInFull)
{
    panel.resize(250, 900);
    add("jobs", "AWS::SQS::Queue", R"({"FifoQueue": true, "ContentBasedDeduplication": true})");
    for (const char* name : {"ContentBasedDeduplication", "ReceiveMessageWaitTimeSeconds"}) {
        ASSERT_TRUE(field("jobs", QString("/") + name)) << name;
        const NameLabel* label = nullptr;
        for (const NameLabel* candidate : panel.findChildren<NameLabel*>())
            if (candidate->accessibleName() == name && candidate->isVisible()) label = candidate;
        ASSERT_TRUE(label) << name;
        const QRect room = label->contentsRect();
        const QRect text = label->fontMetrics().boundingRect(room, Qt::TextWordWrap, label->text());
        EXPECT_LE(text.width(), room.width()) << name;
        EXPECT_LE(text.height(), room.height()) << name;
    }
    // A click on the name is one on its box.
    auto* box = field<QCheckBox>("jobs", "/ContentBasedDeduplication");
    QTest::mouseClick(box->parentWidget()->findChild<NameLabel*>(), Qt::LeftButton);
    EXPECT_FALSE(box->isChecked());
}

TEST_F(InspectorTest, TheFilterLeavesWhatMatches)
{
    add("archive", "AWS::KinesisFirehose::DeliveryStream");
    bench.selection.selectNode("archive");
    QTest::keyClicks(at<QLineEdit>("inspectorFilter"), "IntervalIn");
    EXPECT_FALSE(at("row:/Region")->isVisible());
    EXPECT_TRUE(at("field:/ExtendedS3DestinationConfiguration/BufferingHints/IntervalInSeconds")->isVisible());
    at<QLineEdit>("inspectorFilter")->clear();
    EXPECT_TRUE(at("row:/Region")->isVisible());
}

TEST_F(InspectorTest, WhileRunningItSaysWhatWaitsForTheNextStart)
{
    ASSERT_TRUE(bench.document.open("resources/pipelines/hot-shard.json"));
    const auto& nodes = bench.document.pipeline().nodes;
    const auto stream =
        std::find_if(nodes.begin(), nodes.end(), [](const Node& n) { return n.kind == "AWS::Kinesis::Stream"; });
    ASSERT_NE(stream, nodes.end());
    const std::string id = stream->id;
    auto* name = field<QLineEdit>(id, "/Name");
    EXPECT_FALSE(at<QToolButton>("restart:/Name")->isVisible());
    bench.run.options().engine.speed = 1;
    ASSERT_TRUE(bench.run.start());
    EXPECT_TRUE(waitFor([&] { return at<QToolButton>("restart:/Name")->isVisible(); }));
    EXPECT_FALSE(at<QToolButton>("restart:/ShardCount")->isVisible()) << "taken over while running";
    QTest::keyClicks(name, "x");
    const auto notes = panel.findChildren<QLabel*>("restart:/Name");
    ASSERT_EQ(notes.size(), 1);
    EXPECT_TRUE(notes[0]->isVisible());
    bench.run.stop();
    EXPECT_TRUE(waitFor([&] { return !notes[0]->isVisible(); }));
}

// Whatever is registered: every field has a named editor, takes a valid value and gives it back.
class EveryKind : public FormTest {
protected:
    static std::string sampleText(const Field& field)
    {
        for (const char* sample : {"abc", "abcdefg", "abc-1", "us-west-2", ".json", "2026-01-01T06:00:00Z"})
            if (Json(sample) != field.defaultValue &&
                checkProperties({alone(field)}, Json{{field.name, sample}}).empty())
                return sample;
        return {};
    }
    static Field alone(Field field)
    {
        field.when.clear();
        return field;
    }
    static double sampleNumber(const Field& field)
    {
        const double value = field.maximum.value_or(field.minimum.value_or(0) + 7);
        return field.defaultValue == Json(value) || field.defaultValue == Json(static_cast<std::int64_t>(value))
                   ? *field.minimum
                   : value;
    }

    // Sets the field by its widget as a person would; the value that must be found then.
    std::optional<Json> enter(QWidget* widget, const Field& field)
    {
        if (auto* box = qobject_cast<QComboBox*>(widget)) {
            const int last = box->count() - 1;
            box->setFocus();
            const bool lastIsShown = box->currentIndex() == last;
            QTest::keyClick(box, lastIsShown ? Qt::Key_Home : Qt::Key_End);
            return lastIsShown ? field.allowed.front() : field.allowed.back();
        }
        if (auto* check = qobject_cast<QCheckBox*>(widget)) {
            QTest::keyClick(check, Qt::Key_Space);
            return Json(check->isChecked());
        }
        if (auto* code = qobject_cast<QPlainTextEdit*>(widget)) {
            QTest::keyClicks(code, "5");
            return field.type == Field::Type::String ? Json("5") : Json(5);
        }
        auto* line = qobject_cast<QLineEdit*>(widget);
        if (!line) return {};
        if (field.type == Field::Type::String) {
            const std::string text = sampleText(field);
            type(line, QString::fromStdString(text));
            return Json(text);
        }
        const double value = sampleNumber(field);
        type(line, QString::number(value, 'f', value < 1 ? 6 : 0));
        return std::trunc(value) == value ? Json(static_cast<std::int64_t>(value)) : Json(value);
    }

    void put(const QString& pointer, const Json& value)
    {
        const Json::json_pointer place(pointer.toStdString());
        bench.document.edit("Decide", [&](Pipeline& pipeline) { pipeline.nodes[0].properties[place] = value; });
        bench.document.endGesture();
    }
    // Gives the siblings the values with which the field has a meaning.
    void giveMeaning(const Field& field, const QString& parent)
    {
        for (const auto& [sibling, values] : field.when)
            put(parent + "/" + QString::fromStdString(sibling), values.front());
    }

    void walk(const std::vector<Field>& fields, const QString& parent)
    {
        for (const Field& member : fields) {
            const QString pointer = parent + "/" + QString::fromStdString(member.name);
            SCOPED_TRACE(bench.document.pipeline().nodes[0].kind + " " + pointer.toStdString());
            const Pipeline before = bench.document.pipeline();
            giveMeaning(member, parent);
            if (member.type == Field::Type::Object && !member.defaultValue) put(pointer, Json::object());
            const Json meant = bench.document.pipeline().nodes[0].properties;
            if (member.type == Field::Type::Object)
                walk(member.fields, pointer);
            else
                check(member, pointer, meant);
            bench.document.edit("Back", [&](Pipeline& pipeline) { pipeline = before; });
            bench.document.endGesture();
        }
    }

    void check(const Field& member, const QString& pointer, const Json& meant)
    {
        QWidget* editor = field("it", pointer);
        ASSERT_TRUE(editor);
        EXPECT_FALSE(editor->accessibleName().isEmpty());
        EXPECT_TRUE(editor->isVisible());
        EXPECT_EQ(panel.focusWidget(), editor) << "it can be reached by keyboard";
        const Json::json_pointer place(pointer.toStdString());
        std::optional<Json> wanted;
        if (member.type == Field::Type::List || member.type == Field::Type::Map) {
            QTest::mouseClick(editor, Qt::LeftButton);
            const Json& properties = bench.document.pipeline().nodes[0].properties;
            ASSERT_TRUE(properties.contains(place));
            EXPECT_EQ(properties[place].size(), 1u);
        } else {
            wanted = enter(editor, member);
            ASSERT_TRUE(wanted);
            const Json& properties = bench.document.pipeline().nodes[0].properties;
            ASSERT_TRUE(properties.contains(place)) << properties.dump();
            EXPECT_EQ(properties[place], *wanted);
        }
        if (member.required) return;
        auto* reset = at<QToolButton>("reset:" + pointer);
        ASSERT_TRUE(reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        EXPECT_EQ(bench.document.pipeline().nodes[0].properties, meant);
    }
};

TEST_F(EveryKind, HasAFormWhoseEveryFieldCanBeSetAndReset)
{
    for (const auto& [name, entry] : allKinds().kinds()) {
        bench.document.clear();
        bench.selection.clear();
        add("it", name);
        bench.selection.selectNode("it");
        walk(entry.kind.fields, {});
    }
}

} // namespace streamwright::gui
