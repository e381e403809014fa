// SPDX-License-Identifier: GPL-3.0-or-later
// The SQS API: its protocols and its actions. Any thread.
#pragma once

#include "core/api/service.h"

namespace streamwright::sqs {

api::Service sqsService();

} // namespace streamwright::sqs
