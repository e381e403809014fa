// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the Security Token Service, one a file; service.cpp is the table of them. Any thread.
#pragma once

#include "core/api/service.h"

namespace streamwright::sts {

api::Outcome getCallerIdentity(api::Call& call, api::Writer& answer);

api::Service service();

} // namespace streamwright::sts
