// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/palette/palette_model.h"
#include "app/gui/palette/palette_panel.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

class PaletteTest : public testing::Test {
protected:
    PaletteTest() : bench(allKinds()), panel(bench)
    {
        panel.resize(260, 600);
        panel.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
        QObject::connect(&bench, &Workbench::addNodeWanted, &panel, [this](const QString& kind) { added << kind; });
    }
    QTreeView* tree() { return panel.findChild<QTreeView*>("paletteTree"); }
    QLineEdit* search() { return panel.findChild<QLineEdit*>("paletteSearch"); }
    // The row of a kind among what is shown.
    QModelIndex shown(const QString& kind)
    {
        const QAbstractItemModel* model = tree()->model();
        for (int family = 0; family < model->rowCount(); ++family)
            for (int row = 0; row < model->rowCount(model->index(family, 0)); ++row)
                if (const QModelIndex index = model->index(row, 0, model->index(family, 0));
                    index.data(PaletteModel::KindRole) == kind)
                    return index;
        return {};
    }

    Workbench bench;
    PalettePanel panel;
    QStringList added;
};

TEST_F(PaletteTest, ShowsEveryKindWithItsHelpAndAnIconOfItsOwn)
{
    for (const auto& [name, entry] : allKinds().kinds()) {
        const QModelIndex index = shown(QString::fromStdString(name));
        ASSERT_TRUE(index.isValid()) << name;
        EXPECT_TRUE(tree()->visualRect(index).isValid());
        EXPECT_FALSE(index.data(PaletteModel::HelpRole).toString().isEmpty());
        EXPECT_TRUE(QFile::exists(QString(":/icons/%1.svg").arg(QString::fromStdString(entry.kind.icon))))
            << entry.kind.icon;
    }
}

TEST_F(PaletteTest, ADoubleClickAddsANode)
{
    const QPoint at = tree()->visualRect(shown("AWS::SQS::Queue")).center();
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, at);
    EXPECT_EQ(added, QStringList{"AWS::SQS::Queue"});
}

TEST_F(PaletteTest, TypedLettersFindAndEnterAdds)
{
    panel.focusSearch();
    QTest::keyClicks(search(), "fireh");
    EXPECT_FALSE(shown("AWS::SQS::Queue").isValid());
    QTest::keyClick(search(), Qt::Key_Return);
    EXPECT_EQ(added, QStringList{"AWS::KinesisFirehose::DeliveryStream"});
    QTest::keyClick(search(), Qt::Key_Escape);
    EXPECT_TRUE(search()->text().isEmpty());
    EXPECT_TRUE(shown("AWS::SQS::Queue").isValid());
}

TEST_F(PaletteTest, ASearchWithoutResultSaysSo)
{
    auto* nothing = panel.findChild<QLabel*>("paletteNothing");
    EXPECT_FALSE(nothing->isVisible());
    QTest::keyClicks(search(), "xyzzy");
    EXPECT_TRUE(nothing->isVisible());
    EXPECT_TRUE(nothing->text().contains("xyzzy"));
}

TEST_F(PaletteTest, FamiliesFoldByClickAndKeyAndStayFoldedAfterASearch)
{
    const QModelIndex family = tree()->model()->index(0, 0);
    const QString name = family.data().toString();
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualRect(family).center());
    EXPECT_FALSE(tree()->isExpanded(family));
    QTest::keyClicks(search(), "e");
    for (int row = 0; row < tree()->model()->rowCount(); ++row)
        EXPECT_TRUE(tree()->isExpanded(tree()->model()->index(row, 0)));
    search()->clear();
    for (int row = 0; row < tree()->model()->rowCount(); ++row)
        EXPECT_EQ(tree()->isExpanded(tree()->model()->index(row, 0)), tree()->model()->index(row, 0).data() != name);
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->model()->index(0, 0));
    QTest::keyClick(tree(), Qt::Key_Return);
    EXPECT_TRUE(tree()->isExpanded(tree()->model()->index(0, 0)));
}

TEST_F(PaletteTest, AKindIsDraggedByItsName)
{
    const std::unique_ptr<QMimeData> data(tree()->model()->mimeData({shown("Local::Producer")}));
    ASSERT_TRUE(data);
    EXPECT_EQ(data->data(kKindMimeType), "Local::Producer");
    EXPECT_EQ(data->text(), "Local::Producer");
    EXPECT_FALSE(tree()->model()->flags(tree()->model()->index(0, 0)) & Qt::ItemIsDragEnabled) << "a family is no kind";
}

} // namespace streamwright::gui
