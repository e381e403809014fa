// SPDX-License-Identifier: GPL-3.0-or-later
// The designer's process, started by app/cli/designer.cpp beside it:
//   streamwright-designer [--endpoint ADDR:PORT | --no-endpoint] [FILE]
//   streamwright-designer --render FILE OUT WIDTH HEIGHT light|dark [MICROSECONDS]
#include <QApplication>
#include <csignal>
#include <cstdio>

#include "app/gui/shell/english_plurals.h"
#include "app/gui/shell/main_window.h"
#include "app/gui/shell/render.h"
#include "app/session/endpoint_place.h"

namespace {

using namespace streamwright;

constexpr int kBadInput = 2; // as app/cli/verbs.h

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
    std::signal(SIGXFSZ, SIG_IGN); // a file beyond the size limit is a failed write, told as such
    QApplication app(argc, argv);
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
    gui::MainWindow window(registry);
    window.workbench().run.options().endpoint = endpoint;
    window.openFile(arguments.value(next));
    window.show();
    window.greet();
    return QApplication::exec();
}
