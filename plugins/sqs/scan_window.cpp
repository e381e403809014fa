// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/scan_window.h"

namespace streamwright::sqs {

void ScanWindow::setReach(std::size_t messages)
{
    reach_ = messages;
    balance();
}

void ScanWindow::insert(Message& message)
{
    (far_.empty() || contains(message) ? near_ : far_).insert(message);
    balance();
}

void ScanWindow::erase(Message& message)
{
    (contains(message) ? near_ : far_).erase(message);
    balance();
}

void ScanWindow::clear()
{
    near_.clear();
    far_.clear();
}

void ScanWindow::balance()
{
    while (near_.size() > reach_) {
        Message& last = *near_.back();
        near_.erase(last);
        far_.insert(last);
    }
    while (near_.size() < reach_ && !far_.empty()) {
        Message& first = *far_.front();
        far_.erase(first);
        near_.insert(first);
    }
}

} // namespace streamwright::sqs
