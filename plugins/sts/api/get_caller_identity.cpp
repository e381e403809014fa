// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sts/api/actions.h"

namespace streamwright::sts {

api::Outcome getCallerIdentity(api::Call& call, api::Writer& answer)
{
    const std::string& account = call.caller().account;
    answer.beginMap();
    answer.member("UserId", account); // of an account's root the account itself
    answer.member("Account", account);
    answer.member("Arn", "arn:aws:iam::" + account + ":root");
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sts
