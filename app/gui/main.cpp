// SPDX-License-Identifier: GPL-3.0-or-later
// The designer's process, started by app/cli/designer.cpp beside it.
#include <QApplication>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/gui/shell/english_plurals.h"
#include "app/gui/shell/main_window.h"
#include "app/gui/shell/render.h"
#include "app/session/endpoint_place.h"

namespace {

using namespace streamwright;

constexpr int kBadInput = 2; // as app/cli/verbs.h

constexpr const char* kUsage =
    "streamwright-designer [--endpoint ADDR:PORT | --no-endpoint] [FILE]\n"
    "    opens the window, with that pipeline if one is named; streamwright --help tells what else there is\n"
    "streamwright-designer --render FILE OUT WIDTH HEIGHT light|dark [MICROSECONDS]\n"
    "    draws a picture with no display where QT_QPA_PLATFORM=offscreen: what streamwright render does\n";

// Qt tries every way to a display, complaining, and aborts where it finds none.
void tellNoDisplay(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    static QString reason;
    if (type == QtFatalMsg) {
        std::fprintf(stderr,
                     "There is no display for the window%s. Without one: streamwright run FILE, or streamwright render "
                     "FILE -o picture.png\n",
                     reason.isEmpty() ? "" : qPrintable(" (" + reason.trimmed() + ")"));
        std::_Exit(kBadInput);
    }
    if (!QByteArrayView(context.category).startsWith("qt.qpa"))
        std::fprintf(stderr, "%s\n", qPrintable(text));
    else if (reason.isEmpty())
        reason = text;
}

int renderPicture(const QStringList& arguments, const Registry& registry)
{
    gui::RenderOptions options{arguments.value(2),
                               arguments.value(3),
                               {arguments.value(4).toInt(), arguments.value(5).toInt()},
                               arguments.value(6) == "dark" ? gui::Theme::Choice::Dark : gui::Theme::Choice::Light,
                               {}};
    if (arguments.size() > 7) options.after = Duration(arguments.value(7).toLongLong());
    if (auto rendered = gui::render(options, registry); !rendered) {
        std::fprintf(stderr, "%s\n", rendered.problem().text().c_str());
        return kBadInput;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) // asks for no display
        if (std::strcmp(argv[i], "--help") == 0 || std::strcmp(argv[i], "-h") == 0) {
            std::fputs(kUsage, stdout);
            return 0;
        }
    std::signal(SIGXFSZ, SIG_IGN); // a file beyond the size limit is a failed write, told as such
    qInstallMessageHandler(tellNoDisplay);
    QApplication app(argc, argv);
    qInstallMessageHandler(nullptr);
    QApplication::setApplicationName("Streamwright");
    QApplication::setOrganizationName("Streamwright");
    QApplication::setApplicationVersion(STREAMWRIGHT_VERSION);
    gui::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    Registry registry;
    registerBuiltins(registry);
    const QStringList arguments = QApplication::arguments();
    if (arguments.value(1) == "--render") return renderPicture(arguments, registry);
    std::optional<EndpointOptions> endpoint{std::in_place};
    int next = 1;
    if (arguments.value(next) == "--no-endpoint") {
        endpoint.reset();
        ++next;
    } else if (arguments.value(next) == "--endpoint") {
        if (auto read = readEndpointPlace(arguments.value(next + 1).toStdString(), *endpoint); !read) {
            std::fprintf(stderr, "%s\n", read.problem().text().c_str());
            return kBadInput;
        }
        next += 2;
    }
    const bool known = !arguments.value(next).startsWith('-');
    if (!known || arguments.size() > next + 1) {
        std::fprintf(stderr, "Not understood: %s\n%s", qPrintable(arguments.value(known ? next + 1 : next)), kUsage);
        return kBadInput;
    }
    gui::MainWindow window(registry);
    window.workbench().run.options().endpoint = endpoint;
    window.openFile(arguments.value(next));
    window.show();
    window.greet();
    return QApplication::exec();
}
