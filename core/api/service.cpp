// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/service.h"

#include <algorithm>

namespace streamwright::api {

ApiError internalFailure(std::string message) { return {"InternalFailure", std::move(message), 500, "", ""}; }
ApiError validationError(std::string message) { return {"ValidationException", std::move(message), 400, "", ""}; }

const Action* Service::find(std::string_view action) const
{
    const auto found = std::find_if(actions.begin(), actions.end(), [&](const Action& a) { return a.name == action; });
    return found == actions.end() ? nullptr : &*found;
}

} // namespace streamwright::api
