// SPDX-License-Identifier: GPL-3.0-or-later
// The Kinesis Data Streams API: every action, a file each. See core/api/service.h for who calls what.
#pragma once

#include "core/api/service.h"

namespace streamwright::kinesis {

api::Service kinesisService();

} // namespace streamwright::kinesis
