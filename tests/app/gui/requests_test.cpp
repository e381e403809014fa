// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of AWS clients, over a real run and its real endpoint.
#include <QTcpSocket>

#include "app/gui/requests/requests_model.h"
#include "app/gui/requests/requests_panel.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

namespace {

class RequestsTest : public WindowTest {
protected:
    RequestsTest()
    {
        bench().run.options().endpoint = EndpointOptions{.port = 0};
        window.openFile("resources/pipelines/hot-shard.json");
        window.showDock("requests");
    }
    ~RequestsTest() override { bench().run.stop(); }

    void run()
    {
        ASSERT_TRUE(bench().run.start());
        ASSERT_TRUE(waitFor([&] { return !bench().run.endpointUrl().isEmpty(); }));
    }
    // As an SDK asks: JSON 1.1, any credentials. Returns when it is answered.
    void ask(const QByteArray& action, const QByteArray& body)
    {
        const QUrl url(bench().run.endpointUrl());
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        ASSERT_TRUE(socket.waitForConnected());
        socket.write("POST / HTTP/1.1\r\nHost: " + url.authority().toUtf8() + "\r\nX-Amz-Target: Kinesis_20131202." +
                     action +
                     "\r\nContent-Type: application/x-amz-json-1.1\r\nAuthorization: AWS4-HMAC-SHA256 "
                     "Credential=any/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0"
                     "\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        ASSERT_TRUE(socket.waitForReadyRead());
    }
    QTreeView* view() { return find<QTreeView>("requestsView"); }
    int rows() { return view()->model()->rowCount(); }
    QString cell(int row, int column) { return view()->model()->index(row, column).data().toString(); }
    QString lesson() { return find<QLabel>("requestsLesson")->text(); }
    RequestsModel& model()
    {
        return *static_cast<RequestsModel*>(static_cast<QSortFilterProxyModel*>(view()->model())->sourceModel());
    }
    void press(const QString& name)
    {
        auto* button = find<QToolButton>(name);
        ASSERT_TRUE(button && button->isVisible()) << name.toStdString();
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void click(const QString& button)
    {
        ASSERT_TRUE(find<QAbstractButton>(button)->isVisible());
        QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
    }
};

RequestLogEntry entry(std::uint64_t number, const std::string& action = "kinesis.PutRecord")
{
    RequestLogEntry made;
    made.number = number;
    made.time = EngineOptions::kDefaultStart + milliseconds(static_cast<std::int64_t>(number));
    made.action = action;
    made.status = 200;
    return made;
}

} // namespace

TEST_F(RequestsTest, TeachesHowToConnectUntilTheFirstRequest)
{
    EXPECT_TRUE(lesson().contains("Run the pipeline"));
    EXPECT_FALSE(find<QLineEdit>("requestsCommand")->isVisible());
    EXPECT_FALSE(find<QAction>("requestsCopyUrl")->isEnabled());
    run();
    ASSERT_TRUE(waitFor([&] { return find<QLineEdit>("requestsCommand")->isVisible(); }));
    const QString url = bench().run.endpointUrl();
    EXPECT_TRUE(lesson().contains(url));
    click("requestsTry");
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("aws --endpoint-url " + url));
    EXPECT_TRUE(QGuiApplication::clipboard()->text().endsWith("kinesis list-streams"));
    press("requestsCopyUrlButton");
    EXPECT_EQ(QGuiApplication::clipboard()->text(), url);
}

TEST_F(RequestsTest, SaysThatThereIsNoEndpoint)
{
    bench().run.options().endpoint.reset();
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return lesson().contains("--no-endpoint"); }));
}

TEST_F(RequestsTest, ListsWhatClientsAskTheNewestFirstWithWhyItWasRefused)
{
    run();
    ask("ListStreams", "{}");
    ask("DescribeStreamSummary", R"({"StreamName":"absent"})");
    ASSERT_TRUE(waitFor([&] { return rows() == 2; }));
    EXPECT_EQ(cell(1, RequestsModel::Action), "kinesis.ListStreams");
    EXPECT_EQ(cell(1, RequestsModel::Result), "200");
    EXPECT_EQ(cell(0, RequestsModel::Action), "kinesis.DescribeStreamSummary");
    EXPECT_EQ(cell(0, RequestsModel::Result), "400 ResourceNotFoundException");
    EXPECT_TRUE(cell(0, RequestsModel::Why).contains("absent")) << cell(0, RequestsModel::Why).toStdString();
    const QModelIndex refused = view()->model()->index(0, RequestsModel::Result);
    EXPECT_EQ(refused.data(Qt::ForegroundRole).value<QColor>(), colour(Theme::Failing));
    EXPECT_TRUE(cell(0, RequestsModel::Took).endsWith(" ms"));
    EXPECT_TRUE(cell(0, RequestsModel::TimeColumn).startsWith("00:00:"));
    // They stay to be read after the run; the next one begins anew.
    bench().run.stop();
    ASSERT_TRUE(waitFor([&] { return !bench().run.active(); }));
    EXPECT_EQ(rows(), 2);
    run();
    EXPECT_EQ(rows(), 0);
}

TEST_F(RequestsTest, WhatWasAskedOfARunCanBeReadWhenItIsOver)
{
    window.showDock("monitor");
    run();
    ask("ListStreams", "{}");
    bench().run.stop();
    ASSERT_TRUE(waitFor([&] { return !bench().run.active(); }));
    EXPECT_EQ(rows(), 0);
    window.showDock("requests");
    EXPECT_TRUE(waitFor([&] { return rows() == 1; }));
}

TEST_F(RequestsTest, AThrottleIsSaidInItsColourWithTheLimit)
{
    RequestLogEntry limited = entry(1);
    limited.status = 400;
    limited.error = "ProvisionedThroughputExceededException";
    limited.reason = "the shard takes 1,000 records and 1 MiB a second";
    model().add({entry(0), limited});
    emit bench().run.liveChanged();
    EXPECT_EQ(cell(0, RequestsModel::Why), "the shard takes 1,000 records and 1 MiB a second");
    const QModelIndex index = view()->model()->index(0, RequestsModel::Why);
    EXPECT_EQ(index.data(Qt::ForegroundRole).value<QColor>(), colour(Theme::Throttling));
    auto* shown = find<QComboBox>("requestsShown");
    shown->setFocus();
    QTest::keyClick(shown, Qt::Key_End);
    EXPECT_EQ(rows(), 1);
    EXPECT_TRUE(cell(0, RequestsModel::Result).contains("Exceeded"));
}

TEST_F(RequestsTest, FiltersByTextAndCopiesWhatIsShown)
{
    model().add({entry(1), entry(2, "sqs.SendMessage"), entry(3)});
    emit bench().run.liveChanged();
    QTest::keyClicks(find<QLineEdit>("requestsSearch"), "SENDm");
    ASSERT_EQ(rows(), 1);
    press("requestsCopyButton");
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("sqs.SendMessage\t"));
    EXPECT_EQ(QGuiApplication::clipboard()->text().count('\n'), 1);
    QTest::keyClicks(find<QLineEdit>("requestsSearch"), "zzz");
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(lesson(), "No request matches the filter.");
}

TEST_F(RequestsTest, WhoReadsFurtherDownGoesOnSeeingTheSameWhileNewOnesCome)
{
    run();
    for (int i = 0; i < 40; ++i)
        ask("ListStreams", "{}");
    ASSERT_TRUE(waitFor([&] { return rows() == 40; }));
    view()->scrollTo(view()->model()->index(25, 0), QAbstractItemView::PositionAtTop);
    const auto top = [&] { return model().entry(view()->indexAt(QPoint(0, 0)).row()).number; };
    const std::uint64_t seen = top();
    ask("ListStreams", "{}");
    ASSERT_TRUE(waitFor([&] { return rows() == 41; }));
    EXPECT_EQ(top(), seen);
    // Held, nothing comes; let go, what was missed does.
    press("requestsHoldButton");
    ask("ListStreams", "{}");
    const std::uint64_t shown = model().newest();
    QSignalSpy views(&bench().run, &RunBridge::liveChanged);
    ASSERT_TRUE(waitFor([&] { return views.size() > 2; }));
    EXPECT_EQ(model().newest(), shown);
    press("requestsHoldButton");
    EXPECT_TRUE(waitFor([&] { return model().newest() == shown + 1; }));
}

TEST_F(RequestsTest, KeepsABoundedNumber)
{
    const auto most = static_cast<std::uint64_t>(RequestsModel::kMost);
    std::vector<RequestLogEntry> many;
    for (std::uint64_t number = 1; number <= most + 5; ++number)
        many.push_back(entry(number));
    model().add(std::move(many));
    EXPECT_EQ(model().rowCount(), static_cast<int>(most));
    EXPECT_EQ(model().entry(0).number, most + 5);
    model().add({entry(most + 6), entry(most + 7)});
    EXPECT_EQ(model().rowCount(), static_cast<int>(most));
    EXPECT_EQ(model().entry(0).number, most + 7);
    EXPECT_EQ(model().entry(static_cast<int>(most) - 1).number, 8u);
}

TEST_F(RequestsTest, IsReachedByItsNumber)
{
    const auto* panel = find<QWidget>("requestsPanel");
    QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
    ASSERT_FALSE(panel->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(&window, Qt::Key_9, Qt::ControlModifier);
    EXPECT_TRUE(panel->isAncestorOf(QApplication::focusWidget()));
}

} // namespace streamwright::gui
