// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sts/api/actions.h"

namespace streamwright::sts {

std::string_view shapesText();

api::Service service()
{
    api::Service service;
    service.name = "sts";
    service.targets = {"AWSSecurityTokenServiceV20110615"};
    service.queryVersion = "2011-06-15";
    service.xmlNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";
    service.shapes = std::make_shared<api::ShapeTable>(shapesText());
    service.actions = {{"GetCallerIdentity", api::Action::Effect::Reads, getCallerIdentity}};
    return service;
}

} // namespace streamwright::sts
